"""Create a whole document: a page, an API, a workflow, a data type."""

from builder.changes import Change, ChangeJSON, changes
from builder.document import Body


@changes.register
class Create(Change):
    name = "create"
    fields = {"body": dict}
    # Where it stood among the app's documents, of one that comes back. The journal writes and reads it.
    optional = {"position": int}

    def apply(self, body: Body | None, change: ChangeJSON) -> tuple[Body, ChangeJSON]:
        made = change["body"]
        return made, {"do": "delete", "doc": change["doc"], "expect": made}
