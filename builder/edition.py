"""An app as it runs: with the documents being edited, or those of a release; with development's data and secrets, or
the live ones (S41)."""

from dataclasses import dataclass, field

from builder.access import catalog_of, document_of
from builder.document import Body
from builder.errors import NotFound
from builder.expressions.catalog import Catalog
from builder.models import App

# The two environments. Things, secrets, files and runs belong to one of them.
DEVELOPMENT, LIVE = "development", "live"
ENVIRONMENTS = (DEVELOPMENT, LIVE)


@dataclass(frozen=True, slots=True)
class Edition:
    """`release` is the id of the release with these `frozen` documents; both are empty for an app being edited, whose
    documents are read anew each time."""

    app: App
    environment: str = DEVELOPMENT
    release: str = ""
    frozen: Catalog | None = field(default=None, compare=False, repr=False)

    @classmethod
    def being_edited(cls, app: App) -> "Edition":
        """As its author sees it in preview."""
        return cls(app)

    @property
    def is_live(self) -> bool:
        return self.environment == LIVE

    @property
    def mark(self) -> str:
        """Changes whenever the documents change."""
        return self.release or self.app.edited.isoformat()

    def catalog(self) -> Catalog:
        """All documents."""
        return catalog_of(self.app) if self.frozen is None else self.frozen

    def body(self, kind: str, key: str) -> Body:
        """One document. Raises NotFound."""
        if self.frozen is None:
            found: Body = document_of(self.app, kind, key).body
            return found
        kept = self.frozen.body(kind, key)
        if kept is None:
            raise NotFound
        return kept
