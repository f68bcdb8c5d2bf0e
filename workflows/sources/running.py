"""Whether something is running: a workflow of the page, or one of its steps."""

from collections.abc import Iterable
from typing import Any

from builder.expressions.catalog import Place
from builder.sources import BESIDE, Context, Key, Offer, Source, sources


@sources.register
class Running(Source):
    """Yes while a run of the page, or a stream that the page loads by itself, is in progress; for a step, while that
    step is."""

    name = "running"
    label = "Something runs"
    icon = "play"
    comes = BESIDE
    help = "Yes while a workflow of this page runs, or a stream arrives."
    example = {"step": ""}

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        return "yes_no"

    def reads(self, args: dict[str, Any]) -> Key | None:
        return ("running",)

    def value(self, args: dict[str, Any], context: Context) -> bool:
        return context.running(args.get("step") or "")

    def offers(self, place: Place) -> Iterable[Offer]:
        if place.page and not place.workflow:
            yield Offer(self.label, "on this page", self.icon, "yes_no", self.expression(step=""))
