"""The demo's chat page, the call it makes, and what it saves."""

from copy import deepcopy
from typing import Any

from builder.document import Body, node
from connector.captures.initialize import fingerprint
from workflows.starters.ticker import TICKER
from workflows.starters.written import document, element, op, page, source, text, workflow

REPLY = source("step", op("field", "fd_reply1"), step="sp_ask001")
MESSAGES = source("search", data_type="dt_messag", newest_first=False)
QUESTION = source("element", element="el_quest1")
LAST_IS_QUESTION = {**MESSAGES, "ops": [op("last_item"), op("field", "df_role01"), op("is", "user")]}
BODY = """{
  "model": "<model>",
  "messages": <messages>,
  "stream": true,
  "stream_options": { "include_usage": true }
}"""
# The practice API's call to the model: its nodes in the API's document, except the call itself.
PARAMETERS = {
    "pa_model1": node("parameter", "model", {"place": "body", "value": "practice-1", "private": True}),
    "pa_messag": node(
        "parameter",
        "messages",
        {
            "place": "body",
            "value": '[{"role": "user", "content": "Why does my fig drop its leaves?"}]',
            "private": False,
        },
    ),
}
FIELDS = {
    "fd_reply1": node(
        "field",
        "Reply",
        {
            "type": "text_stream",
            "path": "choices[0].delta.content",
            "when": {"event": None, "match": {"choices[0].index": 0}},
            "mode": "delta",
        },
    ),
    "fd_input1": node("field", "Input tokens", {"type": "number", "path": "usage.prompt_tokens"}),
    "fd_output": node("field", "Output tokens", {"type": "number", "path": "usage.completion_tokens"}),
    "fd_finish": node("field", "Finish reason", {"type": "text", "path": "choices[0].finish_reason"}),
    "fd_model1": node("field", "Model", {"type": "text", "path": "model"}),
}


def chat_documents() -> list[tuple[str, Body]]:
    return [
        ("page", _page()),
        ("data_type", _message()),
        ("api", _api()),
        ("workflow", _send()),
        ("workflow", _stop()),
    ]


def _page() -> Body:
    return page(
        "pg_chat01",
        "chat",
        "Ask Juniper",
        _bar(),
        element(
            "el_column",
            "group",
            "Conversation",
            element(
                "el_head01",
                "group",
                "Head",
                element("el_title1", "heading", "Ask Juniper", text="Ask Juniper", level=1, size="lg"),
                element("el_hint01", "text", "Hint", text="Plant care answers, written while you watch.", tone="quiet"),
                gap="xs",
            ),
            _messages(),
            _answer(),
            width="page",
            gap="lg",
            padding="md",
            grow=True,
        ),
        _composer(),
        padding="none",
        width="fill",
    )


def _bar() -> Any:
    return element(
        "el_bar001",
        "group",
        "Top bar",
        element("el_brand1", "text", "Brand", text="Juniper", weight="strong"),
        direction="row",
        padding="md",
        border="below",
        background="raised",
    )


def _messages() -> Any:
    """The saved conversation: the visitor's questions on the right, the answers on the left."""
    role = source("cell", op("field", "df_role01"), element="el_msgs01")
    said = source("cell", op("field", "df_body01"), element="el_msgs01")
    return element(
        "el_msgs01",
        "repeating_group",
        "Messages",
        element(
            "el_asked1",
            "text",
            "Question",
            text=text(said),
            style="bubble",
            tone="accent",
            align="end",
            visible={**role, "ops": [*role["ops"], op("is", "user")]},
        ),
        element(
            "el_answr1",
            "markdown",
            "Answer",
            text=text(said),
            visible={**role, "ops": [*role["ops"], op("is", "assistant")]},
        ),
        content_type="thing:dt_messag",
        source=MESSAGES,
        gap="lg",
        chat=True,
    )


def _answer() -> Any:
    """The arriving answer, shown until it is saved as a message."""
    moving = {**REPLY, "ops": [*REPLY["ops"], op("is_waiting"), op("or", _reply("is_streaming"))]}
    tokens = text(
        source("step", op("field", "fd_input1"), step="sp_ask001"),
        " tokens in, ",
        source("step", op("field", "fd_output"), step="sp_ask001"),
        " tokens out, first text after ",
        _reply("seconds_to_first_text", op("rounded_to", 2)),
        " s",
    )
    return element(
        "el_live01",
        "group",
        "Answer",
        element(
            "el_reply1",
            "live_text",
            "Live answer",
            text=text(_reply("text_so_far")),
            waiting="Juniper is thinking…",
            formatted=True,
            visible=LAST_IS_QUESTION,
        ),
        element("el_stop01", "button", "Stop", label="Stop", icon="stop", visible=moving),
        element("el_token1", "text", "Tokens", text=tokens, style="quiet", visible=_reply("is_done")),
        gap="sm",
        align="start",
    )


def _reply(*ops: Any) -> dict[str, Any]:
    return {**REPLY, "ops": [*REPLY["ops"], *(op(each) if isinstance(each, str) else each for each in ops)]}


def _composer() -> Any:
    empty = {**QUESTION, "ops": [op("trimmed"), op("is_empty")]}
    return element(
        "el_foot01",
        "group",
        "Foot",
        element(
            "el_compos",
            "group",
            "Composer",
            element(
                "el_quest1",
                "multiline",
                "Message",
                label="Message",
                show_label=False,
                placeholder="Ask about a plant",
                lines=2,
                frame=False,
                enter_sends=True,
            ),
            element(
                "el_send01",
                "button",
                "Send",
                label="Send",
                kind="primary",
                icon="send",
                icon_side="end",
                disabled=empty,
            ),
            direction="row",
            align="end",
            gap="sm",
            padding="sm",
            border="line",
            rounded="lg",
            background="raised",
        ),
        width="page",
        padding="md",
        stick="bottom",
    )


def _message() -> Body:
    fields = {
        "df_role01": node("field", "Role", {"type": "text"}),
        "df_body01": node("field", "Body", {"type": "text"}),
    }
    return document("dt_messag", "data_type", "Message", "fields", fields)


def _send() -> Body:
    """Save the question, send the whole conversation, save the whole answer."""
    conversation = {
        **MESSAGES,
        "ops": [
            op(
                "each_as_object",
                {
                    "role": source("item", op("field", "df_role01")),
                    "content": source("item", op("field", "df_body01")),
                },
            )
        ],
    }
    saved = {"data_type": "dt_messag", "fields": {"df_role01": "user", "df_body01": text(QUESTION)}}
    answer = {"data_type": "dt_messag", "fields": {"df_role01": "assistant", "df_body01": _reply("full_text")}}
    steps = {
        "sp_save01": node("create_thing", "", saved),
        "sp_reset1": node("reset_inputs", "", {"element": "el_compos"}),
        "sp_ask001": node("call_api", "", {"call": "ai_pract1/ca_ask001", "parameters": {"pa_messag": conversation}}),
        "sp_keep01": node("create_thing", "", answer),
    }
    when = {**QUESTION, "ops": [op("trimmed"), op("is_not_empty")]}
    return workflow("wf_send01", "Send is clicked", "pg_chat01", "clicked", "el_send01", steps, when=when)


def _stop() -> Body:
    steps = {"sp_stop01": node("stop_stream", "", {"step": "sp_ask001"})}
    return workflow("wf_stop01", "Stop is clicked", "pg_chat01", "clicked", "el_stop01", steps)


def _api() -> Body:
    """The practice API with its two calls: the model, and the ticker of the second page."""
    call = node(
        "call",
        "Ask the model",
        {
            "use_as": "action",
            "method": "POST",
            "path": "/v1/chat/completions",
            "response_type": "stream",
            "body_kind": "json",
            "body": BODY,
        },
        parameters=list(PARAMETERS),
        fields=list(FIELDS),
    )
    calls = {"ca_ask001": call, "ca_ticker": TICKER["ca_ticker"]}
    api = document(
        "ai_pract1", "api", "Practice", "calls", calls, base_url="practice:", auth={"scheme": "none", "options": {}}
    )
    api["nodes"] |= deepcopy(PARAMETERS | FIELDS | TICKER)
    for key, end in (("ca_ask001", {"by": "data", "data": "[DONE]"}), ("ca_ticker", {"by": "never"})):
        api["nodes"][key]["props"]["initialized"] = {"framing": "sse", "end": end, "request": fingerprint(api, key)}
    return api
