"""S43: a private value in a public place: keys, private values of calls, passwords, e-mail addresses."""

import pytest

from builder.checking.leaks import key_in
from builder.document import body, node
from builder.expressions.catalog import Catalog
from builder.kinds import kinds

# Put together, so that nobody takes them for real ones.
KEYS = {
    "OpenAI": "sk-" + "a1B2" * 8,
    "Anthropic": "sk-" + "ant-" + "a1B2" * 8,
    "Stripe": "sk_live_" + "a1B2" * 6,
    "AWS": "AKIA" + "A1B2" * 4,
    "Google": "AIza" + "a1B2c" * 7,
    "GitHub": "ghp_" + "a1B2" * 9,
    "Slack": "xoxb-" + "1234-" * 5,
    "a token": "Authorization: Bearer " + "a1B2" * 8,
    "a JWT": "eyJ" + "a1B2" * 4 + ".eyJ" + "a1B2" * 4 + "." + "a1B2" * 6,
    "PEM": "-----BEGIN RSA " + "PRIVATE KEY-----",
}
NONE = ["sk-learn", "task-" + "a1B2" * 10, "Bearer of news", "AKIA", "ghp_short", "Where the key goes: <API_KEY>", ""]


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_key_is_known_by_how_it_looks_and_is_never_repeated(key):
    assert key_in(f"Use {key}, please") and key not in key_in(key) and len(key_in(key)) == 5


@pytest.mark.parametrize("text", NONE)
def test_other_words_are_no_key(text):
    assert key_in(text) == ""


API = (
    "api",
    "ai_1",
    body(
        "ai_1",
        {
            "ai_1": node("api", "Model", {}, calls=["ca_1"]),
            "ca_1": node(
                "call",
                "Ask",
                {"initialized": {"at": ""}},
                parameters=["pa_1", "pa_2", "pa_3"],
                headers=["hd_1", "hd_2"],
            ),
            "pa_1": node("parameter", "prompt", {"place": "body", "value": "You are a pirate."}),
            "pa_2": node("parameter", "topic", {"place": "body", "value": "Figs and their leaves", "private": False}),
            "pa_3": node("parameter", "size", {"place": "body", "value": "small"}),
            "hd_1": node("header", "X-Api-Key", {"value": "correct-horse-battery"}),
            "hd_2": node("header", "Accept", {"value": "application/json"}),
        },
    ),
)
TYPE = (
    "data_type",
    "dt_1",
    body(
        "dt_1",
        {
            "dt_1": node("data_type", "Message", {}, fields=["df_1", "df_2"]),
            "df_1": node("field", "Body", {"type": "text"}),
            "df_2": node("field", "E-mail address", {"type": "text"}),
        },
    ),
)


def found(*elements, **root):
    """What is found on a page with these elements: (element, property, severity, sentence)."""
    nodes = {f"el_{number:06}": node(type, "Field", props) for number, (type, props) in enumerate(elements)}
    page = body("pg_1", {"pg_1": node("page", "index", root, children=list(nodes)), **nodes})
    ends = kinds["page"].problems(page, Catalog([("page", "pg_1", page), API, TYPE]))
    return [(each.where.node, each.where.prop, each.severity, each.sentence) for each in ends]


@pytest.mark.parametrize(
    ("element", "prop"),
    [
        (("text", {"text": f"Use {KEYS['OpenAI']}"}), "text"),
        (("text", {"text": {"text": [KEYS["Google"], {"from": "now", "args": {}, "ops": []}]}}), "text"),
        (("html", {"html": f"<script>fetch('/', {{key: '{KEYS['Stripe']}'}})</script>"}), "html"),
        (("link", {"to": "address", "address": f"https://plants.example/?key={KEYS['Google']}"}), "address"),
    ],
    ids=["text", "text with chips", "html", "address"],
)
def test_S43_a_key_on_a_page_keeps_it_from_being_published(element, prop):
    [(node, where, severity, sentence)] = found(element)
    assert (node, where, severity) == ("el_000000", prop, "issue") and "A key stands in it" in sentence
    assert not any(key in sentence for key in KEYS.values())


def test_S43_what_is_private_in_a_call_is_found_word_for_word_on_a_page():
    """Parameters that are private, and headers that are secret by their name; short values and others are no secret."""
    assert [each[1:3] for each in found(("text", {"text": "He says: You are a pirate."}))] == [("text", "hint")]
    assert "X-Api-Key of Ask" in found(("html", {"html": "<b>correct-horse-battery</b>"}))[0][3]
    assert found(("text", {"text": "Figs and their leaves, small, application/json"})) == []


PASSWORD = ("input", {"content": "password", "label": "Password"})
TYPED = {"from": "element", "args": {"element": "el_000000"}, "ops": []}


def test_S43_a_password_is_neither_shown_nor_put_into_an_address():
    shown = found(PASSWORD, ("text", {"text": {"text": ["You wrote ", TYPED]}}))
    assert [each[:3] for each in shown] == [("el_000001", "text", "hint")]
    rows = [{"name": "token", "value": TYPED}]
    told = found(PASSWORD, ("link", {"to": "page", "page": "pg_1", "parameters": rows}))
    assert ("el_000001", "parameters.0.value", "issue") in [each[:3] for each in told]
    length = {**TYPED, "ops": [{"op": "is_not_empty"}]}
    assert found(PASSWORD, ("text", {"text": "Go on", "visible": length})) == []


def creator(*ops, field="creator"):
    search = {
        "from": "search",
        "args": {"data_type": "dt_1"},
        "ops": [{"op": "first_item"}, {"op": "field", "args": [field]}, *ops],
    }
    return ("text", {"text": {"text": [search]}})


def test_S43_an_e_mail_address_shown_to_everybody_is_worth_a_look():
    [(_, prop, severity, sentence)] = found(creator())
    assert (prop, severity) == ("text", "hint") and "It shows “Creator”" in sentence
    assert "E-mail address" in found(creator(field="df_2"))[0][3]
    assert found(creator(field="df_1")) == []
    assert found(creator(), who="people") == []
    assert found(creator({"op": "is_not_empty"})) == []
