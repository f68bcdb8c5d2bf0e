"""The main job in a real browser, from an empty account: a call is set up, initialized, bound to a page, and streams."""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from builder.document import new_id, node
from connector.practice.answers import answer, words_in
from tests.journeys import hands as by_hand
from tests.journeys.hands import Hands
from tests.server import StreamwrightServer
from workflows.starters.written import document, element, op, source, text, workflow

pytestmark = pytest.mark.browser

QUESTION = "Why do plants need light?"
KNOBS = "seed=7&speed=60"
PIECES = answer(QUESTION, seed=7)
ANSWER = "".join(PIECES)
LIVE = '[data-type="live_text"] .sw-live'


class Service(NamedTuple):
    """A service as its manual shows it: where it is, the body to paste, whether it counts tokens."""

    path: str
    body: str
    counts: bool = True


SERVICES = {
    "OpenAI": Service(
        "/v1/chat/completions",
        """{
  "model": "gpt-5-mini",
  "messages": [
    {"role": "user", "content": "<question>"}
  ],
  "stream": true,
  "stream_options": {"include_usage": true}
}""",
    ),
    "Anthropic": Service(
        "/v1/messages",
        """{
  "model": "claude-sonnet-4-5",
  "max_tokens": 1024,
  "stream": true,
  "messages": [{"role": "user", "content": "<question>"}]
}""",
    ),
    "Gemini": Service(
        "/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse",
        """{
  "contents": [{"role": "user", "parts": [{"text": "<question>"}]}]
}""",
    ),
    "Ollama": Service(
        "/api/chat",
        """{
  "model": "llama3.2",
  "messages": [{"role": "user", "content": "<question>"}]
}""",
    ),
    "NLX": Service(
        "/nlx/c/deploymentKey/channelKey-en-US",
        """{
  "conversationId": "3f6a1c01-5b1e-4c7a-9f30-8a51d2c07e64",
  "request": {"unstructured": {"text": "<question>"}},
  "stream": true
}""",
        counts=False,
    ),
}

MESSAGE = ("dt_messag", "data_type", "Message", "fields", {"df_body01": node("field", "Body", {"type": "text"})})


@pytest.fixture
def newcomer(open_browser: Callable[..., Page], server: StreamwrightServer) -> Iterator[Page]:
    """Somebody new, with no app, who sees words come one by one."""
    printed = len(server.log)
    email = f"{uuid.uuid4().hex[:8]}@example.org"
    token = server.shell(
        "from builder.models import User; from builder.people.sign_in_link import issue; "
        f"print(issue(User.objects.create_user({email!r}, name='Nell')))"
    )
    page = open_browser(reduced_motion="no-preference")
    page.goto(f"{server.url}/link/{token.strip()}/")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("No app yet")).to_be_visible()
    yield page
    assert "Traceback" not in server.log[printed:], server.log[printed:]


def test_a_newcomer_builds_a_page_and_watches_the_answer_stream(newcomer: Page, server: StreamwrightServer) -> None:
    hands, page = Hands(newcomer), newcomer
    service = SERVICES["OpenAI"]
    with hands.phase("New app"):
        slug = by_hand.new_app(hands, f"Ask {uuid.uuid4().hex[:6]}")
    with hands.phase("API connector"):
        by_hand.tab(hands, "API connector")
        by_hand.add_call(hands, address(service), service.body)
        by_hand.save_fields(hands, by_hand.initialize(hands))
    with hands.phase("Data"):
        keep_messages(hands)
    with hands.phase("Design"):
        by_hand.tab(hands, "Design")
        for element_type in ("Heading", "Input", "Button"):
            by_hand.put(hands, element_type)
        hands.write(page.get_by_role("textbox", name="Label"), "Send")
        hands.write(page.get_by_label("Element name"), "Send")
        for element_type in ("Live text", "Text"):
            by_hand.put(hands, element_type)
    with hands.phase("Workflows"):
        by_hand.select(hands, "Send")
        hands.click(page.get_by_role("button", name="Add workflow: when clicked"))
        expect(page.get_by_role("link", name="When Send is clicked")).to_be_visible()
        by_hand.add_step(hands, "Call an API")
        by_hand.compose(hands, "question", "Input's value")
        by_hand.add_step(hands, "Create a thing")
        by_hand.compose(hands, "Body", "Ask", "Reply", "full text")
        expect(page.get_by_text("Waits for the full text")).to_be_visible()
    with hands.phase("Bind"):
        by_hand.tab(hands, "Design")
        by_hand.select(hands, "Live text")
        by_hand.compose(hands, "Text", "Ask", "Reply", "text so far")
        by_hand.select(hands, "Text")
        hands.click(page.get_by_role("textbox", name=re.compile("^Text( Aa)?$")))
        hands.press("Control+a")
        hands.type("In ")
        by_hand.compose(hands, "Text", "Ask", "Input tokens")
        hands.click_at_end(page.get_by_role("textbox", name=re.compile("^Text( Aa)?$")))
        hands.type(", out ")
        by_hand.compose(hands, "Text", "Ask", "Output tokens")
    with hands.phase("Preview"):
        live = by_hand.preview(hands)
        ask(Hands(live, hands.counts, hands.now))
        expect(live.get_by_text(f"In {words_in([QUESTION])}, out {len(PIECES)}")).to_be_visible()
    with hands.phase("Data again"):
        by_hand.tab(hands, "Data")
        expect(page.get_by_label("Body of thing 1", exact=True)).to_have_value(ANSWER)
        expect(page.get_by_text("1 thing", exact=True)).to_be_visible()
    check_saved(server, slug)
    print(f"\n{hands}")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["Anthropic", *(pytest.param(each, marks=pytest.mark.slow) for each in ("Gemini", "Ollama", "NLX"))]
)
def test_other_services_stream_into_a_page(newcomer: Page, server: StreamwrightServer, name: str) -> None:
    """S16, S20–S23: the body of the manual pasted, Initialize, Save; the rest of the app stands already."""
    hands, service = Hands(newcomer), SERVICES[name]
    slug = by_hand.new_app(hands, f"Ask {name} {uuid.uuid4().hex[:6]}")
    page_key = newcomer.locator("sw-canvas").get_attribute("data-page")
    with hands.phase(name):
        by_hand.tab(hands, "API connector")
        by_hand.add_call(hands, address(service), service.body)
        by_hand.save_fields(hands, by_hand.initialize(hands))
    api = api_of(server, slug)
    by_hand.perform(newcomer, slug, the_rest(api, str(page_key)))
    live = by_hand.preview(hands)
    ask(Hands(live))
    if service.counts:
        expect(live.get_by_text(f"In {words_in([QUESTION])}, out {len(PIECES)}")).to_be_visible()
    check_saved(server, slug)
    print(f"\n{hands}")


def keep_messages(hands: Hands) -> None:
    """The type Message with a text."""
    page = hands.page
    by_hand.tab(hands, "Data")
    hands.click(page.get_by_role("main").get_by_role("button", name="New data type"))
    expect(page.get_by_role("dialog").get_by_label("Name")).to_be_focused()
    hands.type("Message")
    hands.press("Enter")
    expect(page.get_by_role("complementary", name="Fields").get_by_label("Name", exact=True)).to_be_focused()
    hands.type("Body")
    hands.press("Enter")
    expect(page.get_by_role("button", name="Type of Body: Text")).to_be_visible()


def address(service: Service) -> str:
    return f"practice:{service.path}{'&' if '?' in service.path else '?'}{KNOBS}"


def ask(hands: Hands) -> None:
    """Type the question and click: the text grows in several steps, and ends equal to what the API sent."""
    page = hands.page
    expect(page.locator("body[data-live]")).to_be_visible()
    seen = by_hand.watch(page, LIVE)
    hands.click(page.get_by_role("textbox"))
    hands.type(QUESTION)
    hands.click(page.get_by_role("button", name="Send"))
    expect(page.locator(LIVE)).to_have_text(ANSWER, use_inner_text=False)
    texts = seen()
    assert texts[-1] == ANSWER
    assert len(set(texts)) >= 3
    assert all(ANSWER.startswith(each) for each in texts)


def check_saved(server: StreamwrightServer, slug: str) -> None:
    """The whole answer is kept, as one thing."""
    code = f"from data.models import Thing; import json; print(json.dumps([list(t.values.values()) for t in Thing.objects.filter(app__slug={slug!r})]))"
    assert json.loads(server.shell(code)) == [[ANSWER]]


def api_of(server: StreamwrightServer, slug: str) -> dict[str, Any]:
    """The document of the app's API."""
    code = f"from builder.models import Document; import json; print(json.dumps(Document.objects.get(app__slug={slug!r}, kind='api').body))"
    return json.loads(server.shell(code))


def the_rest(api: dict[str, Any], page_key: str) -> list[dict[str, Any]]:
    """What the newcomer does by hand elsewhere: the type Message, the elements, and the workflow with its two steps."""
    ids = {node["name"]: key for key, node in api["nodes"].items() if node["type"] in ("call", "field", "parameter")}
    first, second = new_id("sp"), new_id("sp")

    def result(name: str, *ops: Any) -> dict[str, Any]:
        return source("step", op("field", ids[name]), *ops, step=first)

    tokens = text("In ", result("Input tokens"), ", out ", result("Output tokens")) if "Input tokens" in ids else ""
    parts = (
        element("el_input1", "input", "Input", label="Question"),
        element("el_send01", "button", "Send", label="Send"),
        element("el_reply1", "live_text", "Live text", text=text(result("Reply", op("text_so_far")))),
        element("el_token1", "text", "Text", text=tokens),
    )
    steps = {
        first: {"type": "call_api", "name": "", "props": {"call": f"{api['root']}/{ids['Ask']}", "parameters": {ids["question"]: source("element", element="el_input1")}}, "slots": {}},
        second: {"type": "create_thing", "name": "", "props": {"data_type": "dt_messag", "fields": {"df_body01": text(result("Reply", op("full_text")))}}, "slots": {}},
    }  # fmt: skip
    return [
        {"do": "create", "doc": "data_type/dt_messag", "body": document(*MESSAGE)},
        *(
            {"do": "insert", "doc": f"page/{page_key}", "nodes": nodes, "node": key, "parent": page_key, "slot": "children", "index": index}
            for index, (key, nodes) in enumerate(parts)
        ),
        {"do": "create", "doc": "workflow/wf_send01", "body": workflow("wf_send01", "Send is clicked", page_key, "clicked", "el_send01", steps)},
    ]  # fmt: skip
