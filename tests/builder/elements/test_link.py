"""Links lead to pages of the app and to addresses that run nothing."""

import re
from urllib.parse import urljoin

import pytest

from builder.addresses import safe, way_to
from builder.document import body, node
from builder.drawing.render import element_html
from builder.elements import elements
from builder.expressions.catalog import Catalog, Place
from tests.builder.elements.alone import MOVES, drawn, moving

HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "  javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "blob:https://app.test/1",
    "file:///etc/passwd",
    "filesystem:https://app.test/x",
    "view-source:javascript:alert(1)",
    "ws://evil.example",
]


@pytest.mark.parametrize(
    "written",
    [
        "///evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "http:evil.example/x",
        "https:evil.example",
        "https:/evil.example",
        "HTTPS:\\\\/evil.example/x",
        "https://good@evil.example",
    ],
)
def test_the_host_of_an_address_out_of_data_cannot_be_hidden(written):
    """As browsers read it: WHATWG URL, "special authority slashes state"."""
    assert elements["link"].given("host", written) == "evil.example"


def app(is_release: bool) -> Catalog:
    pages = {"pg_home01": "Home", "pg_about1": "About us", "pg_plant1": "Plant"}
    bodies = [body(key, {key: node("page", name, {}, children=[], states=[])}) for key, name in pages.items()]
    plant = bodies[2]
    plant["nodes"]["pp_plant1"] = node("parameter", "plant", {"type": "text"})
    plant["nodes"]["pg_plant1"]["slots"] = {"parameters": ["pp_plant1"]}
    return Catalog([("page", each["root"], each) for each in bodies], is_release=is_release)


@pytest.mark.parametrize("address", HOSTILE, ids=range(len(HOSTILE)))
def test_P26_an_address_that_would_run_something_leads_nowhere(address):
    """Also one that comes out of data while the page is open."""
    assert safe(address) == ""
    assert "href" not in drawn("link", to="address", address=address)
    assert elements["link"].given("address", address) is None


@pytest.mark.parametrize(
    "written, leads",
    [
        ("https://plants.example/guide?x=1#top", "https://plants.example/guide?x=1#top"),
        ("plants.example/guide", "https://plants.example/guide"),
        ("mailto:ada@plants.example", "mailto:ada@plants.example"),
        ("tel:+4112345", "tel:+4112345"),
        ("/files/guide.pdf", "/files/guide.pdf"),
        ("#prices", "#prices"),
        ("", ""),
    ],
)
def test_other_addresses_stay_as_they_are_and_a_bare_host_is_a_site(written, leads):
    assert safe(written) == leads


@pytest.mark.parametrize("here", ["pg_home01", "pg_about1"])
@pytest.mark.parametrize("there, path", [("pg_home01", ""), ("pg_about1", "about-us/"), ("pg_plant1", "plant/")])
def test_a_page_of_a_release_is_found_from_every_other(here, there, path):
    at = "https://apps.example/juniper/" + {"pg_home01": "", "pg_about1": "about-us/"}[here]
    assert urljoin(at, way_to(app(True), here, there)) == f"https://apps.example/juniper/{path}"


def test_a_page_that_is_edited_is_found_by_its_key():
    assert way_to(app(False), "pg_home01", "pg_about1") == "../pg_about1/"


def test_a_page_gets_its_parameters_also_when_they_move():
    rows = [{"name": "plant", "value": "fig & co"}, {"name": "gone", "value": "left out"}]
    html = _on_home(to="page", page="pg_plant1", parameters=rows)
    assert 'href="./plant/?plant=fig+%26+co"' in html and "rel=" not in html
    kind, place = elements["link"], Place(app(True), page="pg_home01", element="el_test01")
    stored = {"page": "pg_plant1", "parameters": [{"name": "pp_plant1", "value": MOVES}]}
    [each] = kind.moving(stored, place)
    assert (each.prop, each.way) == ("address", "attr:href")
    known = {"page": each.value["page"], "with": [{"name": "plant", "value": 3.0}]}
    assert kind.given("address", known) == "./plant/?plant=3"


def test_a_page_that_is_gone_leads_nowhere():
    assert "href" not in _on_home(to="page", page="pg_gone00")


def test_a_new_tab_gets_no_hand_on_this_one_and_is_announced():
    html = drawn("link", to="address", address="https://x.example", new_tab=True)
    assert re.search(r'target="_blank" rel="noopener noreferrer"', html) and "(opens in a new tab)" in html


def test_P26_an_address_out_of_data_shows_its_host_and_is_nobodys_recommendation():
    assert 'rel="noopener noreferrer nofollow ugc"' in drawn("link", to="address", address=MOVES)
    found = moving("link", to="address", address=MOVES)
    assert {each.way for each in found.values()} == {"attr:href", "attr:data-host"}
    assert elements["link"].given("host", "https://bank.example@evil.example/x") == "evil.example"
    assert elements["link"].given("host", "/here") is None


def _on_home(**props):
    catalog = app(True)
    home = catalog.body("page", "pg_home01")
    home["nodes"]["pg_home01"]["slots"]["children"] = ["el_test01"]
    home["nodes"]["el_test01"] = node("link", "Link", props)
    return element_html(
        home,
        Catalog([("page", each["root"], each) for each in catalog.bodies("page")], is_release=True),
        "el_test01",
        "live",
    )


@pytest.mark.parametrize(
    "props, prop",
    [
        ({}, "page"),
        ({"page": "pg_gone00"}, "page"),
        ({"to": "address"}, "address"),
        ({"to": "address", "address": "javascript:alert(1)"}, "address"),
        ({"page": "pg_about1"}, None),
        ({"to": "address", "address": "plants.example"}, None),
        ({"to": "address", "address": MOVES}, None),
    ],
    ids=range(7),
)
def test_S43_one_that_leads_nowhere_is_an_issue(props, prop):
    kind, place = elements["link"], Place(app(True), page="pg_home01", element="el_test01")
    assert [each for each, _ in kind.ends(kind.values(props), place)] == ([prop] if prop else [])


def ends(**values):
    place = Place(app(True), page="pg_home01", element="el_test01")
    stored = elements["link"].values({"page": "pg_plant1", **values})
    return [
        (prop, sentence, elements["link"].repair(stored, prop, place))
        for prop, sentence in elements["link"].ends(stored, place)
    ]


def test_S43_a_parameter_that_the_page_does_not_have_is_told_and_taken_away():
    rows = [{"name": "pp_gone00", "value": "fig"}, {"name": "pp_plant1", "value": "fig"}, {"name": "gone", "value": ""}]
    [(prop, sentence, fix)] = ends(parameters=rows)
    assert prop == "parameters" and "It gives a parameter that the page Plant does not have" in sentence
    assert fix and ends(**fix.props) == [] and fix.props["parameters"][0] == rows[1]


def test_what_is_given_is_of_the_parameters_type():
    catalog = app(True)
    catalog.body("page", "pg_plant1")["nodes"]["pp_plant1"]["props"]["type"] = "number"
    place = Place(catalog, page="pg_home01", element="el_test01")
    for value, wrong in (
        ("fig", True),
        ("3.5", False),
        (2, False),
        ({"from": "now", "args": {}, "ops": []}, True),
        ("", False),
    ):
        values = elements["link"].values({"page": "pg_plant1", "parameters": [{"name": "pp_plant1", "value": value}]})
        found = [sentence for _, sentence in elements["link"].ends(values, place)]
        assert bool(found) == wrong and all("For “plant”: This needs a number" in each for each in found)
