"""The demo app is whole: nothing loose in it, its calls initialized, their recorded answers there."""

import re

import pytest

from builder.access import catalog_of
from builder.drawing.render import page_html
from builder.edition import Edition
from builder.kinds import kinds
from builder.starters import starters
from connector.captures.found import look_at
from connector.captures.initialize import fingerprint
from connector.models import Capture
from data.things import add_thing

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(ada):
    return starters["demo"].make(ada, "Juniper", "juniper")


def test_it_has_no_issue(app):
    catalog = catalog_of(app)
    assert [problem for row in app.documents.all() for problem in kinds[row.kind].problems(row.body, catalog)] == []


@pytest.mark.parametrize("call", ["ca_ask001", "ca_ticker"])
def test_S19_its_calls_are_initialized_and_their_captures_hold_what_was_found(app, call):
    body = app.documents.get(kind="api").body
    assert body["nodes"][call]["props"]["initialized"]["request"] == fingerprint(body, call)
    found = look_at(Capture.objects.get(pk=body["nodes"][call]["props"]["initialized"]["capture"]))
    paths = {field.path for field in found.detection.fields}
    assert {body["nodes"][key]["props"]["path"] for key in body["nodes"][call]["slots"]["fields"]} <= paths
    assert found.capture.frames == len(found.frames)


def canvas(app, page: str) -> str:
    return page_html(app.documents.get(key=page).body, catalog_of(app), "edit")


def cells(html: str) -> list[str]:
    """What the cells of the conversation hold, on the canvas."""
    found = re.split(r'<div class="sw-cell"[^>]*>', html.partition('data-el="el_live01"')[0])[1:]
    return [cell.partition("</div>")[0] for cell in found]


def test_the_canvas_shows_each_cell_its_own_thing_and_what_is_visible_of_it(app):
    """A question is a bubble, an answer is none. What is off in the first cell is dimmed: it can be worked on there."""
    for role, said in (("user", "Is it thirsty?"), ("assistant", "Not yet."), ("user", "And now?")):
        add_thing(Edition(app), "dt_messag", {"df_role01": role, "df_body01": said}, "")
    asked, answered, again = cells(canvas(app, "pg_chat01"))
    assert asked.count("Is it thirsty?") == 2 and 'class="sw-markdown sw-dimmed"' in asked
    assert "Not yet." in answered and "sw-markdown" in answered and 'data-el="el_asked1"' not in answered
    assert "And now?" in again and 'data-el="el_answr1"' not in again


def test_the_canvas_shows_only_the_things_there_are(app):
    add_thing(Edition(app), "dt_messag", {"df_role01": "user", "df_body01": "Is it thirsty?"}, "")
    assert len(cells(canvas(app, "pg_chat01"))) == 1


def test_without_things_the_cells_are_alike_and_show_where_their_values_come_from(app):
    first, *others = cells(canvas(app, "pg_chat01"))
    assert "Current cell&#x27;s Message&#x27;s Body" in first and others == [others[0]] * 2
    assert all('data-el="el_asked1"' in each and 'data-el="el_answr1"' in each for each in (first, *others))


def test_S19_the_canvas_shows_a_recording_only_where_its_parameters_are_asked_for(app):
    html = canvas(app, "pg_ticker")
    price = {key: re.search(rf'data-el="el_{key}_p1".*?</h2>', html)[0] for key in ("btc", "eth", "sol")}
    assert re.search(r"\d+\.\d\d", price["btc"])
    assert "Price ticker&#x27;s Price" in price["eth"] and "Price ticker&#x27;s Price" in price["sol"]
