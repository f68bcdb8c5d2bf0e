"""A reusable element to try things on: a card with a title, an image of its own, and a state it keeps."""

from builder.document import body, node
from builder.expressions.catalog import Catalog
from workflows.starters.written import op, page, source, text

TITLE = source("property", property="pr_title1")
SEEN = source("property", property="pr_seen01")


def card(**more):
    """Card ─ Title, Inner ─ Words; with the properties Title and Seen, and the state open."""
    nodes = {
        "rs_card01": node(
            "reusable",
            "Card",
            {"direction": "row"},
            children=["el_title1", "el_inner1"],
            properties=["pr_title1", "pr_seen01"],
            states=["st_open01"],
        ),
        "pr_title1": node("property", "Title", {"type": "text", "default": "Untitled"}),
        "pr_seen01": node("property", "Seen", {"type": "yes_no"}),
        "st_open01": node("state", "open", {"type": "text", "default": "shut"}),
        "el_title1": node("heading", "Title", {"text": TITLE}),
        "el_inner1": node("group", "Inner", {"visible": SEEN}, children=["el_words1"]),
        "el_words1": node("text", "Words", {"text": text("Now ", source("state", state="st_open01"))}),
    }
    return body("rs_card01", nodes | more)


def instance(key: str, of: str = "rs_card01", **props):
    """An instance as `(id, nodes)`, for `workflows.starters.written.page`."""
    return key, {key: node("instance", key, {"of": of, **props})}


def catalog(*elements, reusables=(), workflows=(), name="pg_page01"):
    """An app of one page with these elements, the card, and others."""
    document = page(name, "index", "Index", *elements)
    more = [("reusable", each["root"], each) for each in (reusables or (card(),))]
    return Catalog([("page", name, document), *more, *(("workflow", each["root"], each) for each in workflows)])


SAID = source("property", op("field", "df_body01"), property="pr_messg1")


def bubble(**more):
    """Bubble, which shows the text of a Message that it is given."""
    nodes = {
        "rs_bubbl1": node("reusable", "Bubble", {}, children=["el_says01"], properties=["pr_messg1"]),
        "pr_messg1": node("property", "Message", {"type": "thing:dt_messag"}),
        "el_says01": node("text", "Says", {"text": text("“", SAID, "”")}),
    }
    return body("rs_bubbl1", nodes | more)
