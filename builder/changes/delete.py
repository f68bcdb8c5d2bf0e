"""Delete a whole document."""

from builder.changes import Change, ChangeJSON, changes, expect
from builder.document import Body


@changes.register
class Delete(Change):
    name = "delete"

    def apply(self, body: Body, change: ChangeJSON) -> tuple[None, ChangeJSON]:
        expect(change, body, body["nodes"][body["root"]]["name"])
        return None, {"do": "create", "doc": change["doc"], "body": body}
