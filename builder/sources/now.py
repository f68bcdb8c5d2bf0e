"""The current date and time."""

from collections.abc import Iterable
from typing import Any

from builder.expressions.catalog import Place
from builder.sources import BESIDE, Context, Key, Offer, Source, sources


@sources.register
class Now(Source):
    """The moment at which the value is worked out. It does not tick by itself."""

    name = "now"
    label = "Current date/time"
    icon = "clock"
    comes = BESIDE
    help = "The moment at which the value is worked out."

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        return "date"

    def reads(self, args: dict[str, Any]) -> Key | None:
        return None

    def value(self, args: dict[str, Any], context: Context) -> Any:
        return context.now()

    def offers(self, place: Place) -> Iterable[Offer]:
        yield Offer(self.label, "date", self.icon, "date", self.expression())
