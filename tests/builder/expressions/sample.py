"""A small app to evaluate in: a chat page with an input, a list and a group, and an answer that streams."""

from datetime import UTC, datetime
from typing import Any

from builder.document import body, node
from builder.expressions.catalog import Catalog, Place
from builder.operators.stream import Sample
from builder.sources import Source
from builder.types import Field, Type

PAGE = body(
    "pg_chat01",
    {
        "pg_chat01": node(
            "page", "chat", children=["el_quest1", "el_list01", "el_group1"], states=["st_tone01", "st_tags01"]
        ),
        "st_tone01": node("state", "tone", {"type": "text"}),
        "st_tags01": node("state", "tags", {"type": "text", "list": True}),
        "el_quest1": node("input", "Question"),
        "el_list01": node("repeating_group", "Messages", {"content_type": "text"}, children=["el_bubbl1", "el_reply1"]),
        "el_bubbl1": node("text", "Bubble"),
        "el_reply1": node("input", "Reply to it"),
        "el_group1": node("group", "Answer", {"content_type": "reply:one"}, children=["el_inner1"]),
        "el_inner1": node("text", "Inner"),
    },
)
WORKFLOW = body(
    "wf_send01",
    {
        "wf_send01": node(
            "workflow",
            "Send is clicked",
            {"page": "pg_chat01", "event": {"type": "clicked", "options": {"element": "el_bubbl1"}}},
            steps=["sp_ask001", "sp_save01"],
        ),
        "sp_ask001": node("call_api", "Ask the model"),
        "sp_save01": node("create_thing", "Save"),
    },
)


def catalog() -> Catalog:
    return Catalog([("page", "pg_chat01", PAGE), ("workflow", "wf_send01", WORKFLOW)])


def place(element: str | None = "el_bubbl1") -> Place:
    return Place(catalog(), "pg_chat01", element)


class ReplyType(Type):
    """The result of a call, as the connector's is: one streaming field, one that follows, two that come at the end."""

    name, label, phrase, live = "reply", "API call", "an API call's result", True

    def fields(self, type, catalog):
        return [
            Field("text", "Reply", "stream", live=True),
            Field("price", "Price", "any", live=True),
            Field("tokens", "Tokens", "number"),
            Field("model", "Model", "text"),
        ]


class Answer(Source):
    """The result of a step, as the workflows' is."""

    name, label, icon, required = "answer", "Result of a step", "plug", ("step",)

    def type_of(self, args, place):
        return "reply:one" if place.catalog.node(args["step"]) else None

    def label_of(self, args, place):
        return place.catalog.name(args["step"])

    def reads(self, args):
        return ("step", args["step"], None)

    def value(self, args, context):
        return context.step(args["step"])


class Lookup(Source):
    """Data that loads by itself with arguments that are values, as the connector's is."""

    name, label, icon = "lookup", "Look it up", "plug"

    def type_of(self, args, place):
        return "text"

    def reads(self, args):
        return ("resource", self.name, str(sorted(args)))

    def value(self, args, context):
        return context.resource(self.name, args)

    def problems(self, args, place):
        return [] if "question" in args else ["The lookup needs a question. Fill it in."]


class Result:
    """A call's result."""

    def __init__(self, state: str = "streaming", **fields: Any):
        self.state, self.error, self.seconds_to_first_text, self.seconds_in_all = state, "", None, None
        self.fields = fields

    def field(self, key: str) -> Any:
        return self.fields.get(key)


class Visit:
    """A context whose values are given."""

    def __init__(self, **given: Any):
        self.given = {"item": None, "step": Result(text=Sample("streaming", "Leaf drop"))} | given
        self.asked: list[tuple[str, dict]] = []

    def element_value(self, element: str) -> Any:
        return self.given.get(element)

    state = cell = group = element_value

    def step(self, step: str) -> Any:
        return self.given["step"]

    def item(self) -> Any:
        return self.given["item"]

    def resource(self, source: str, args: dict[str, Any]) -> Any:
        self.asked.append((source, args))
        return "found"

    def now(self) -> datetime:
        return datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


def question(*ops: dict) -> dict:
    return {"from": "element", "args": {"element": "el_quest1"}, "ops": list(ops)}


def answer(*ops: dict, step: str = "sp_ask001", **more: Any) -> dict:
    return {"from": "answer", "args": {"step": step}, "ops": list(ops), **more}


def op(name: str, *args: Any) -> dict:
    return {"op": name, "args": list(args)}


def field(key: str) -> dict:
    return op("field", key)
