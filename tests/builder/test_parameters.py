"""What a page is told in its address: read once, by type, and never trusted."""

import pytest

from builder.document import body, node
from builder.kinds import kinds
from builder.parameters import LONGEST, heard, kept, key_of, written, wrong_name


def page(**parameters):
    """A page with parameters: name → (type, default)."""
    ids = {
        f"pp_{name}": node("parameter", name, {"type": type} | ({} if default is None else {"default": default}))
        for name, (type, default) in parameters.items()
    }
    return body("pg_1", {"pg_1": node("page", "chat", {}, parameters=list(ids)), **ids})


CHAT = page(topic=("text", "figs"), many=("number", 3), loud=("yes_no", None))


@pytest.mark.parametrize(
    ("query", "topic", "many", "loud"),
    [
        ("", "figs", 3, None),
        ("topic=roses&many=12&loud=yes", "roses", 12, True),
        ("topic=a%20%26%20b+c&many=0.5&loud=0", "a & b c", 0.5, False),
        ("topic=&many=&loud=", "figs", 3, None),
        ("many=twelve&loud=maybe", "figs", 3, None),
        ("many=1e999&loud=TRUE", "figs", 3, True),
        ("many=nan", "figs", 3, None),
        ("topic=one&topic=two", "one", 3, None),
        ("utm_source=x&pp_topic=y&Topic=z", "figs", 3, None),
        (f"topic={'x' * (LONGEST + 1)}", "figs", 3, None),
        (f"topic={'x' * LONGEST}", "x" * LONGEST, 3, None),
        ("topic=%00a%1b", "a", 3, None),
        ("topic=%ff%fe", "��", 3, None),
        ("topic=<script>", "<script>", 3, None),
        ("&".join(f"a{n}=1" for n in range(300)), "figs", 3, None),
        ("%", "figs", 3, None),
        ("topic", "figs", 3, None),
    ],
    ids=range(17),
)
def test_an_address_is_read_by_type_and_what_is_wrong_is_the_default(query, topic, many, loud):
    assert heard(CHAT, query) == {"pp_topic": topic, "pp_many": many, "pp_loud": loud}


def test_only_what_the_page_listens_to_makes_it_another_visit():
    assert kept(CHAT, "utm_source=x&many=12&topic=a+b") == "topic=a+b&many=12"
    assert kept(CHAT, "utm_source=x") == "" == kept(CHAT, "")


def test_what_is_written_is_read_again():
    told = {"pp_topic": "a & b=ç", "pp_many": 2.0, "pp_loud": False}
    assert heard(CHAT, written(CHAT, told)) == {"pp_topic": "a & b=ç", "pp_many": 2, "pp_loud": False}
    assert written(CHAT, {"pp_topic": "", "pp_many": None, "pp_gone": "x"}) == ""


def test_a_parameter_goes_by_its_id_or_its_name():
    assert [key_of(CHAT, name) for name in ("pp_topic", "topic", "Topic", "")] == ["pp_topic", "pp_topic", "", ""]


@pytest.mark.parametrize("name", ["topic", "Topic-2", "a_b", "x" * 40])
def test_a_name_stands_in_addresses(name):
    assert wrong_name(name) == ""


@pytest.mark.parametrize("name", ["", "2nd", "a b", "größe", "a&b", "pass", "x" * 41, "a=b"])
def test_other_names_are_refused_in_words(name):
    assert wrong_name(name).endswith(".")


@pytest.mark.parametrize(
    ("holder", "where"),
    [
        (node("parameter", "a b", {"type": "text"}), "name"),
        (node("parameter", "topic", {"type": "date"}), "type"),
        (node("parameter", "topic", {}), "type"),
        (node("parameter", "topic", {"type": "text", "private": True}), "type"),
        (node("parameter", "topic", {"type": "number", "default": "3"}), "default"),
        (node("parameter", "topic", {"type": "number", "default": True}), "default"),
        (node("parameter", "topic", {"type": "yes_no", "default": 1}), "default"),
        (node("state", "topic", {"type": "text"}), ""),
    ],
    ids=range(8),
)
def test_what_is_no_parameter_is_never_stored(holder, where):
    made = body("pg_1", {"pg_1": node("page", "chat", {}, parameters=["pp_1"]), "pp_1": holder})
    wrong = kinds["page"].problems(made)[0]
    assert (wrong.where.node, wrong.where.prop, wrong.severity) == ("pp_1", where, "error")
