"""What a link gives a page: a field for each of its parameters, typed; what is gone stays until it is taken away."""

from builder.document import body, node
from builder.elements import elements
from builder.expressions.catalog import Catalog, Place
from builder.panel.controls import control


def fields(rows, page="pg_there1"):
    """The control of a link's parameters, on a page that leads to one with two."""
    link = node("link", "More", {"page": page, "parameters": rows})
    here = body("pg_here01", {"pg_here01": node("page", "here", {}, children=["el_link01"]), "el_link01": link})
    parameters = {
        "pp_topic1": node("parameter", "topic", {"type": "text"}),
        "pp_loud01": node("parameter", "loud", {"type": "yes_no", "default": True}),
    }
    there = body("pg_there1", {"pg_there1": node("page", "there", {}, parameters=list(parameters)), **parameters})
    place = Place(
        Catalog([("page", each["root"], each) for each in (here, there)]), page="pg_here01", element="el_link01"
    )
    return control("parameters", elements["link"].Props.base_fields["parameters"], rows, place)


def test_each_parameter_of_the_page_is_a_field_of_its_type():
    made = fields([])
    assert made.kind == "given" and made.value == [
        {"name": "pp_topic1", "value": ""},
        {"name": "pp_loud01", "value": ""},
    ]
    assert [(one.prop, one.label, one.kind, one.expects) for [one] in made.rows] == [
        ("parameters.0.value", "topic", "expr", "text"),
        ("parameters.1.value", "loud", "expr", "yes_no"),
    ]
    assert made.rows[1][0].value is True, "what is not given is the default there"


def test_values_stand_with_their_parameters_whatever_their_order_also_those_written_by_name():
    made = fields([{"name": "loud", "value": False}, {"name": "pp_topic1", "value": "figs"}])
    assert made.value == [{"name": "pp_topic1", "value": "figs"}, {"name": "pp_loud01", "value": False}]


def test_what_is_given_to_one_that_is_gone_is_shown_with_the_way_to_take_it_away():
    made = fields([{"name": "pp_gone00", "value": "x"}, {"name": "old", "value": "y"}, {"name": "", "value": ""}])
    assert [one.label for [one] in made.rows] == ["topic", "loud", "A removed one", "old"]
    assert [bool(one.problem) for [one] in made.rows] == [False, False, True, True]


def test_a_link_that_leads_nowhere_yet_asks_for_nothing():
    assert fields([], page="").rows == []
