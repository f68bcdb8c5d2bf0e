"""The current date and time."""

from builder.sources import Offer, Source, sources


@sources.register
class Now(Source):
    """The moment at which the value is worked out. It does not tick by itself."""

    name = "now"
    label = "Current date/time"
    icon = "clock"
    help = "The moment at which the value is worked out."

    def type_of(self, args, place):
        return "date"

    def reads(self, args):
        return None

    def value(self, args, context):
        return context.now()

    def offers(self, place):
        yield Offer(self.label, "date", self.icon, "date", self.expression())
