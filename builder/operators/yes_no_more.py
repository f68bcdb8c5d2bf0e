"""More operators for yes/no: what it means elsewhere."""

from builder.operators import CHANGE, CHECK, Arg, Example, operator

Number = int | float | None


@operator(
    label="is yes",
    group=CHECK,
    takes="yes_no",
    gives="yes_no",
    examples=[Example(True, [], True), Example(False, [], False), Example(None, [], False)],
)
def is_yes(value: bool) -> bool:
    """Checks whether it is yes. Empty counts as no."""
    return value


@operator(
    label="differs from",
    group=CHECK,
    takes="yes_no",
    gives="yes_no",
    args=[Arg("yes/no", "yes_no")],
    examples=[Example(True, [False], True), Example(True, [True], False), Example(None, [True], True)],
)
def differs_from(value: bool, other: bool) -> bool:
    """Yes if exactly one of them is yes."""
    return value != other


@operator(
    label="counted as",
    group=CHANGE,
    takes="yes_no",
    gives="number",
    args=[Arg("when yes", "number"), Arg("when no", "number")],
    examples=[Example(True, [1, 0], 1), Example(False, [1, 0], 0), Example(None, [1, None], None)],
)
def counted_as(value: bool, when_yes: Number, when_no: Number) -> Number:
    """Returns one number for yes and another for no."""
    return when_yes if value else when_no
