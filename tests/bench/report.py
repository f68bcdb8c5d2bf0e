"""What a bench says at its end: one table, and one line a target with the figure that was reached."""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """A line of PERFORMANCE.md 4. `figure` is None where no window counted; `least` turns the bound round."""

    name: str
    figure: float | None
    bound: float
    unit: str = ""
    least: bool = False

    @property
    def met(self) -> bool | None:
        if self.figure is None:
            return None
        return self.figure >= self.bound if self.least else self.figure <= self.bound

    def __str__(self) -> str:
        word = "met" if self.met else "NOT MET"
        return (
            f"{self.name}: {self.figure:.3g}{self.unit} ({'≥' if self.least else '≤'} {self.bound:g}{self.unit}) {word}"
        )


def options(doc: str, seconds: float, repeat: int = 5) -> argparse.ArgumentParser:
    """The options that every bench has."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=seconds, help=f"length of a window ({seconds:g})")
    parser.add_argument("--repeat", type=int, default=repeat, help=f"windows of each ({repeat})")
    parser.add_argument("--quick", action="store_true", help="only to see that it runs: few, short windows")
    parser.add_argument("--noisy", action="store_true", help="count noisy windows too; the figures then say little")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Rows of the same names, numbers at the right."""
    names = list(rows[0]) if rows else []
    lines = [names, *([_cell(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(names))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def say(rows: Sequence[dict[str, Any]], targets: Iterable[Target], as_json: bool) -> bool:
    """Print it all; whether every target that was measured is met."""
    targets = list(targets)
    if as_json:
        met = [{"name": each.name, "figure": each.figure, "bound": each.bound, "met": each.met} for each in targets]
        print(json.dumps({"rows": rows, "targets": met}))
    else:
        print(table(rows))
        print("; ".join(str(each) for each in targets if each.figure is not None) or "No target was measured.")
    return all(each.met is not False for each in targets)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return "-" if value is None else str(value)
