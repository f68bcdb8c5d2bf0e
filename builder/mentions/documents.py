"""What the app itself mentions: its documents, and what an undo or a redo would restore."""

from collections.abc import Iterable

from builder.mentions import Mention, Place, mentions
from builder.models import App


@mentions.register
class OfDocuments(Mention):
    name = "documents"

    def places(self, app: App) -> Iterable[Place]:
        yield app.documents.all(), "body"
        yield app.entries.all(), "changes"
        yield app.entries.all(), "inverses"
