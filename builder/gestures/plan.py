"""What a gesture comes to, and what is refused of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from builder.changes import ChangeJSON
from builder.document import Body, address
from builder.errors import Invalid

NAME_LENGTH = 80


class NotSet(Invalid):
    """A value that its field does not take. Belongs under the field."""

    code = "not_set"

    def __init__(self, sentence: str, prop: str):
        super().__init__(sentence)
        self.prop = prop


@dataclass(frozen=True, slots=True)
class Plan:
    """What a gesture comes to: the name of its undo, its changes, what to say, and the node to select
    after it, of several the first of `selection`. None is named by what is typed: the author may be elsewhere by then.
    `deleted` names what is gone, where a message offers to undo it. One that is in doubt has no changes: `doubt` are
    the words for doing it all the same, which the gesture says by `"anyway": true`."""

    label: str = ""
    changes: list[ChangeJSON] = field(default_factory=list)
    select: str = ""
    say: str = ""
    deleted: str = ""
    doubt: str = ""
    selection: list[str] = field(default_factory=list)


def doc_of(body: Body) -> str:
    """The address of the document of a page or a reusable element."""
    return address(body)


def names_of(body: Body) -> set[str]:
    """The names that are taken in a document."""
    return {each["name"] for each in body["nodes"].values()}


def and_workflows(many: int) -> str:
    """The words for the workflows that go with what is deleted."""
    return f" with {many} workflow{'s' if many > 1 else ''}" if many else ""


def deletions(workflows: Iterable[str]) -> list[ChangeJSON]:
    """The changes that delete workflows."""
    return [{"do": "delete", "doc": f"workflow/{key}"} for key in workflows]
