"""Files that things refer to, in development and live."""

from collections.abc import Iterable

from builder.mentions import Mention, Place, mentions
from builder.models import App
from data.models import Thing


@mentions.register
class OfThings(Mention):
    name = "things"

    def places(self, app: App) -> Iterable[Place]:
        yield Thing.objects.filter(app=app), "values"
