"""Chat with a model: streaming answers, Stop, and a history that is sent back; and a ticker that needs no workflow."""

import json
from pathlib import Path

from builder.document import Body
from builder.models import App
from builder.starters import Starter, starters
from connector.models import Capture
from workflows.starters.chat import chat_documents
from workflows.starters.ticker import ticker_documents

# The practice API's answer to each call, with the time of each read in seconds.
CAPTURES = Path(__file__).with_name("demo_captures.json")


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

    def after(self, app: App) -> None:
        """Its calls come initialized, so their recorded answers come along: samples for the canvas and the composer."""
        api = app.documents.get(kind="api")
        for call, answer in json.loads(CAPTURES.read_text()).items():
            reads = [(seconds, text.encode()) for seconds, text in answer["reads"]]
            frames = sum(text.count("data: ") for _, text in answer["reads"])
            facts = {"status": answer["status"], "content_type": answer["content_type"]}
            capture = Capture.keep(app, api.key, call, reads, frames=frames, ended="close", **facts)
            api.body["nodes"][call]["props"]["initialized"] |= {
                "at": capture.started.isoformat(),
                "capture": capture.pk,
            }
        api.save()
