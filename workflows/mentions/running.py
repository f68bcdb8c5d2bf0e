"""Files that releases refer to, and those in open pages and the results of their calls (S33)."""

from collections.abc import Iterable

from builder.mentions import Mention, Place, mentions
from builder.models import App
from workflows.models import KeptStream, Release, StoredVisit


@mentions.register
class OfWhatRuns(Mention):
    name = "running"

    def places(self, app: App) -> Iterable[Place]:
        yield Release.objects.filter(app=app), "documents"
        yield StoredVisit.objects.filter(app=app), "holds"
        yield KeptStream.objects.filter(app=app), "facts"
        yield KeptStream.objects.filter(app=app), "texts"
