"""Operators for yes/no."""

from builder.operators import CHANGE, CHECK, Arg, Example, operator


@operator(
    label="and",
    group=CHECK,
    takes="yes_no",
    gives="yes_no",
    args=[Arg("yes/no", "yes_no")],
    examples=[Example(True, [True], True), Example(True, [False], False), Example(None, [True], False)],
)
def and_(value: bool, other: bool) -> bool:
    """Yes if both are yes."""
    return value and other


@operator(
    label="or",
    group=CHECK,
    takes="yes_no",
    gives="yes_no",
    args=[Arg("yes/no", "yes_no")],
    examples=[Example(False, [True], True), Example(None, [None], False)],
)
def or_(value: bool, other: bool) -> bool:
    """Yes if at least one of them is yes."""
    return value or other


@operator(
    label="is no",
    group=CHECK,
    takes="yes_no",
    gives="yes_no",
    examples=[Example(True, [], False), Example(False, [], True), Example(None, [], True)],
)
def not_(value: bool) -> bool:
    """Turns yes into no and no into yes. Empty counts as no."""
    return not value


@operator(
    label="shown as",
    group=CHANGE,
    takes="yes_no",
    gives="text",
    args=[Arg("when yes", "text"), Arg("when no", "text")],
    examples=[Example(True, ["Open", "Closed"], "Open"), Example(None, ["Open", "Closed"], "Closed")],
)
def shown_as(value: bool, when_yes: str, when_no: str) -> str:
    """Shows one text for yes and another for no."""
    return when_yes if value else when_no
