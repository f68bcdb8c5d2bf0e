"""Breakpoints: the widths at which a page may look different. What is set at one applies there and to all narrower
ones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """A range of widths. `most` is the widest page it applies to, None for any; `canvas` is the width at which the
    canvas shows it; both in CSS pixels."""

    name: str
    label: str
    icon: str
    most: int | None
    canvas: int

    @property
    def words(self) -> str:
        """Where settings at this breakpoint apply: "768 and narrower"."""
        return "Every width" if self.most is None else f"{self.most} and narrower"


# The widest first. Values at the base are an element's own properties, others are under their names in its `at`.
BASE = "base"
BREAKPOINTS = {
    each.name: each
    for each in (
        Breakpoint(BASE, "Desktop", "desktop", None, 1280),
        Breakpoint("laptop", "Laptop", "laptop", 1024, 1024),
        Breakpoint("tablet", "Tablet", "tablet", 768, 768),
        Breakpoint("phone", "Phone", "phone", 480, 390),
    )
}
NARROWER = tuple(name for name in BREAKPOINTS if name != BASE)


def down_to(name: str) -> tuple[str, ...]:
    """The breakpoints below the base whose overrides apply at one, the widest first. Raises KeyError for an unknown
    one."""
    if name == BASE:
        return ()
    if name not in BREAKPOINTS:
        raise KeyError(name)
    return NARROWER[: NARROWER.index(name) + 1]


def media(name: str) -> str:
    """The media query of the widths for which a breakpoint is the narrowest that applies. The queries do not
    overlap."""
    names = list(BREAKPOINTS)
    most = BREAKPOINTS[name].most
    below = names[names.index(name) + 1 :]
    least = BREAKPOINTS[below[0]].most if below else None
    if most is None:
        return f"(width > {least}px)"
    return f"(width <= {most}px)" if least is None else f"({least}px < width <= {most}px)"
