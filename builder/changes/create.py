"""Create a whole document: a page, an API, a workflow, a data type."""

from builder.changes import Change, ChangeJSON, changes
from builder.document import Body


@changes.register
class Create(Change):
    name = "create"
    fields = {"body": dict}
    # For a document that is restored: its position among the app's documents. Written and read by the journal.
    optional = {"position": int}

    def apply(self, body: Body | None, change: ChangeJSON) -> tuple[Body, ChangeJSON]:
        made = change["body"]
        return made, {"do": "delete", "doc": change["doc"], "expect": made}
