"""Chat with a model: streaming answers, Stop and a history that is sent back; and a ticker that needs no workflow."""

from builder.document import Body
from builder.starters import Starter, starters
from workflows.starters.chat import chat_documents
from workflows.starters.ticker import ticker_documents


@starters.register
class Demo(Starter):
    name = "demo"
    label = "Chat with a model"
    hint = "Streaming answers, Stop, history"
    icon = "wave"
    note = (
        "It calls the practice API of this server, so it runs at once and without a key. "
        "Put your own service in the API connector later."
    )
    order = 2

    def documents(self) -> list[tuple[str, Body]]:
        return [*chat_documents(), *ticker_documents()]
