"""The plan of a gesture, and its errors."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from builder.changes import ChangeJSON, changes
from builder.document import Body, address
from builder.errors import Invalid

NAME_LENGTH = 80


class NotSet(Invalid):
    """A value rejected by its field, to be shown below the field."""

    code = "not_set"

    def __init__(self, sentence: str, prop: str):
        super().__init__(sentence)
        self.prop = prop


@dataclass(frozen=True, slots=True)
class Plan:
    """The result of a gesture: the label of its undo, its changes, what to say, and the node to select afterwards, for
    several the first of `selection`. Setting a value selects nothing: the author may be elsewhere by then. `deleted`
    names what was deleted, for a message that offers to undo it. A doubtful gesture has no changes: `doubt` is the
    label for doing it anyway, which is requested by `"anyway": true`. `placed` are the elements of fixed groups whose
    places it says. `came` says what came along from another app, to be shown."""

    label: str = ""
    changes: list[ChangeJSON] = field(default_factory=list)
    select: str = ""
    say: str = ""
    deleted: str = ""
    doubt: str = ""
    selection: list[str] = field(default_factory=list)
    placed: list[str] = field(default_factory=list)
    came: str = ""


def doc_of(body: Body) -> str:
    """The address of the document of a page or a reusable element."""
    return address(body)


def after_plan(plan: Plan, body: Body) -> Body:
    """The document after a plan."""
    for change in plan.changes:
        if change["doc"] == doc_of(body):
            body = changes[change["do"]].apply(body, change)[0] or body
    return body


def names_of(body: Body) -> set[str]:
    """The names in use in a document."""
    return {each["name"] for each in body["nodes"].values()}


def and_workflows(many: int) -> str:
    """The words for the workflows deleted along with something."""
    return f" with {many} workflow{'s' if many > 1 else ''}" if many else ""


def deletions(workflows: Iterable[str]) -> list[ChangeJSON]:
    """The changes that delete workflows."""
    return [{"do": "delete", "doc": f"workflow/{key}"} for key in workflows]
