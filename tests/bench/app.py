"""The app that is measured: a published page whose texts are bound to the streams of one call, and a button that starts
them. Its budgets are no bound: it is not they that are measured."""

from typing import Any

from builder.chosen import choose
from builder.document import Body, node
from builder.models import User
from builder.starters import Starter
from connector.spending.budgets import FIELDS as FIELDS_OF_BUDGETS
from connector.spending.budgets import LARGEST
from tests.bench.load import BUTTON, OTHER, PAGE
from workflows.releases import publish
from workflows.starters.written import document, element, op, page, source, text, workflow

# What a real call takes out of each frame (PERFORMANCE.md 4: five fields).
FIELDS = {
    "fd_answer": ("Answer", "text_stream", "choices[0].delta.content"),
    "fd_model1": ("Model", "text", "model"),
    "fd_number": ("Number", "text", "id"),
    "fd_finish": ("Finish reason", "text", "choices[0].finish_reason"),
    "fd_tokens": ("Tokens", "number", "usage.total_tokens"),
}


def make(service: str, slug: str, streams: int) -> None:
    """Makes the app for the owner of the server; its calls go to `service`. Runs inside Django."""
    owner = User.objects.get(is_server_owner=True)
    app = Bench(service, streams).make(owner, "Bench", slug)
    choose("budgets", dict.fromkeys(FIELDS_OF_BUDGETS, LARGEST), app)
    publish(app, owner)


class Bench(Starter):
    name = "bench"

    def __init__(self, service: str, streams: int):
        self.service, self.streams = service, streams

    def documents(self) -> list[tuple[str, Body]]:
        steps = [f"sp_ask{number:03}" for number in range(self.streams)]
        return [
            ("page", _page(steps)),
            ("api", _api(self.service)),
            ("workflow", _workflow(steps)),
        ]


def _page(steps: list[str]) -> Body:
    texts = [
        element(
            f"el_live{step[-3:]}",
            "live_text",
            f"Text {step[-3:]}",
            text=text(source("step", op("field", "fd_answer"), op("text_so_far"), step=step)),
        )
        for step in steps
    ]
    button = element(BUTTON, "button", "Go", label="Go")
    other = element(OTHER, "input", "Other", label="Other")
    return page(PAGE, "index", "Bench", button, other, *texts)


def _workflow(steps: list[str]) -> Body:
    name = "Go is clicked"
    return workflow("wf_bench1", name, PAGE, "clicked", BUTTON, dict(map(_step, steps)), repeat="side_by_side")


def _step(key: str) -> tuple[str, Any]:
    return key, node("call_api", "", {"call": "ai_bench1/ca_bench1", "parameters": {}, "starts": "at_once"})


def _api(service: str) -> Body:
    call = node(
        "call",
        "Ask",
        {
            "use_as": "action",
            "method": "POST",
            "path": "/chat/completions",
            "response_type": "stream",
            "body_kind": "json",
            "body": '{"stream": true}',
            "initialized": {"framing": "sse", "end": {"by": "data", "data": "[DONE]"}},
        },
        fields=list(FIELDS),
    )
    fields = {
        key: node("field", name, {"type": type, "path": path} | ({"mode": "delta"} if type == "text_stream" else {}))
        for key, (name, type, path) in FIELDS.items()
    }
    api = document(
        "ai_bench1",
        "api",
        "Bench",
        "calls",
        {"ca_bench1": call},
        base_url=service,
        auth={"scheme": "none", "options": {}},
    )
    api["nodes"] |= fields
    return api
