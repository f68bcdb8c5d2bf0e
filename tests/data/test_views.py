"""The Data tab: every gesture on types and fields is one entry of the journal; things are rows; nobody else gets in."""

import json

import pytest
from django.urls import reverse

from builder.edition import LIVE, Edition
from builder.models import App
from data.models import Thing
from data.things import add_thing, search

TYPE = "dt_plant1"
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/apps/garden/data/dt_plant1/"}


def _url(name, *args):
    return reverse(name, args=["garden", *args])


@pytest.fixture
def ask(ada_client, app):
    """Post as the page does; the answer's text."""

    def post(to, /, *args, status=200, **data):
        answer = ada_client.post(_url(to, *args), data, headers=HTMX)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    return post


def _body(app, key=TYPE):
    row = app.documents.filter(kind="data_type", key=key).first()
    return row and row.body


def _labels(app):
    return [entry.label for entry in app.entries.order_by("id")]


def _names(app):
    return [node["name"] for node in _body(app)["nodes"].values() if node["type"] == "field"]


# The tab


def test_it_works(ada_client, app):
    add_thing(Edition(app), TYPE, {"df_name01": "<Fig>", "df_age001": 3}, "ada@example.org")
    page = ada_client.get(_url("data", TYPE)).content.decode()
    assert "&lt;Fig&gt;" in page and "<Fig>" not in page
    assert "Development" in page and "Created" in page and "1 thing" in page


def test_only_who_may_add_a_thing_is_told_to(ada_client, bo, bo_client, app):
    app.collaborators.create(person=bo, role="viewer")
    for who, told in ((ada_client, True), (bo_client, False)):
        for headers in ({}, HTMX):
            page = " ".join(who.get(_url("data", TYPE), headers=headers).content.decode().split())
            assert "fills this." in page and ("Or add one here." in page) == told


def test_without_a_type_it_opens_the_first_one_and_a_type_that_is_gone_too(ada_client, app):
    assert ada_client.get(_url("data")).url == _url("data", TYPE)
    assert ada_client.get(_url("data", "dt_gone01")).url == _url("data", TYPE)


def test_an_app_without_types_says_how_they_come(ada_client, app):
    app.documents.all().delete()
    page = ada_client.get(_url("data")).content.decode()
    assert "No data type yet" in page and "New data type" in page


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99", "²"])
def test_a_page_that_is_not_there_is_the_nearest_one(ada_client, app, page):
    add_thing(Edition(app), TYPE, {"df_name01": "Fig"}, "")
    assert "Fig" in ada_client.get(f"{_url('data', TYPE)}?page={page}").content.decode()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("data", []),
        ("data", [TYPE]),
        ("new-type", []),
        ("rename-type", [TYPE]),
        ("delete-type", [TYPE]),
        ("add-field", [TYPE]),
        ("rename-field", [TYPE, "df_name01"]),
        ("retype-field", [TYPE, "df_name01", "number"]),
        ("remove-field", [TYPE, "df_name01"]),
        ("new-thing", [TYPE]),
        ("remove-things", [TYPE]),
        ("set-cell", [TYPE, "th_000001", "df_name01"]),
    ],
)
def test_P27_for_somebody_else_it_does_not_exist(cy_client, app, name, args):
    method = cy_client.get if name == "data" else cy_client.post
    answer = method(_url(name, *args), {"name": "Stolen", "thing": "th_000001"})
    assert answer.status_code == 404
    assert _names(app) == ["Name", "Age", "Happy", "Watered"] and not Thing.objects.exists()


# Types


def test_a_type_is_made_by_its_name_in_one_entry(ask, app):
    ask("new-type", name=" Pot ")
    assert [row.name for row in app.documents.all()] == ["Plant", "Pot"]
    assert _labels(app) == ["Add data type Pot"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "A data type needs a name."),
        ("plant", "There is already a data type named Plant."),
        ("x" * 81, "This has more than 80 characters. Shorten it."),
    ],
)
def test_a_name_that_cannot_be_says_why_under_its_field(ask, app, name, sentence):
    assert sentence in ask("new-type", name=name)
    assert app.documents.count() == 1 and _labels(app) == []


def test_a_type_is_renamed_and_keeps_its_key(ask, app):
    ask("rename-type", TYPE, name="Tree")
    assert _body(app)["nodes"][TYPE]["name"] == "Tree"
    ask("rename-type", TYPE, name="Tree")
    assert _labels(app) == ["Rename Plant to Tree"]


def test_a_deleted_type_comes_back_with_its_things_by_undo(ask, ada_client, app):
    add_thing(Edition(app), TYPE, {"df_name01": "Fig"}, "")
    assert "Plant with its 1 thing is deleted." in ask("delete-type", TYPE)
    assert _body(app) is None
    ada_client.post(_url("undo"), content_type="application/json")
    assert "Fig" in ada_client.get(_url("data", TYPE)).content.decode()


def test_a_gesture_tells_what_undo_would_take_back(ada_client, app):
    answer = ada_client.post(_url("remove-field", TYPE, "df_age001"), headers=HTMX)
    told = json.loads(answer["HX-Trigger-After-Settle"])["sw-changed"]
    assert (told["undo"], told["redo"]) == ("Delete Age of Plant", "")


# Fields


def test_fields_are_added_renamed_and_deleted_one_entry_each(ask, app):
    ask("add-field", TYPE, **{"new-name": "Height", "new-type": "number"})
    ask("rename-field", TYPE, "df_name01", name="Title")
    ask("remove-field", TYPE, "df_age001")
    assert _names(app) == ["Title", "Happy", "Watered", "Height"]
    assert _labels(app) == ["Add Height to Plant", "Rename Name to Title", "Delete Age of Plant"]


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("", "text", "A field needs a name."),
        ("AGE", "text", "There is already a field named Age."),
        ("Height", "stream", "Select a valid choice"),
    ],
)
def test_a_field_that_cannot_be_says_why(ask, app, name, kind, sentence):
    assert sentence in ask("add-field", TYPE, **{"new-name": name, "new-type": kind})
    assert len(_names(app)) == 4


def test_a_name_that_is_taken_stays_as_it_was_typed_with_the_reason(ask, app):
    answer = ask("rename-field", TYPE, "df_name01", name="age")
    assert "There is already a field named Age." in answer and 'value="age"' in answer
    assert _names(app)[0] == "Name"


def test_another_type_is_asked_about_only_where_something_would_read_as_empty(ask, app):
    thing = add_thing(Edition(app), TYPE, {"df_name01": "Fig"}, "")
    assert "1 thing holds something that is not a number" in ask("retype-field", TYPE, "df_name01", "number")
    assert _labels(app) == []
    answer = ask("retype-field", TYPE, "df_name01", "number", sure="yes")
    assert "“Fig” is not a number, so it reads as empty." in answer
    ask("retype-field", TYPE, "df_age001", "text")
    assert _labels(app) == ["Change Name to Number", "Change Age to Text"]
    assert Thing.objects.get(pk=thing.key).values["df_name01"] == "Fig"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("rename-field", [TYPE, "df_gone01"]),
        ("retype-field", [TYPE, "df_name01", "stream"]),
        ("remove-field", [TYPE, TYPE]),
        ("add-field", ["dt_gone01"]),
        ("set-cell", [TYPE, "th_gone01", "df_gone01"]),
    ],
)
def test_what_is_not_there_is_not_found(ask, name, args):
    ask(name, *args, status=404, name="X")


# Things


def test_a_thing_is_added_edited_and_written_into_no_journal(ask, app):
    ask("new-thing", TYPE)
    [thing] = search(app, TYPE, True, 9)
    ask("set-cell", TYPE, thing.key, "df_name01", value="Fig\r\ntree")
    ask("set-cell", TYPE, thing.key, "df_age001", value=" 12 ")
    ask("set-cell", TYPE, thing.key, "df_happy1", value="no")
    ask("set-cell", TYPE, thing.key, "df_water1", value="2026-11-21T14:30")
    [thing] = search(app, TYPE, True, 9)
    assert thing.values == {
        "df_name01": "Fig\ntree",
        "df_age001": 12,
        "df_happy1": False,
        "df_water1": "2026-11-21T14:30:00+00:00",
    }
    assert (thing.creator, _labels(app)) == ("ada@example.org", [])


def test_what_was_written_is_drawn_as_it_can_be_written_again(ask, ada_client, app):
    values = {"df_name01": "\nFig", "df_age001": 1.5, "df_happy1": True, "df_water1": "2026-11-21T15:30:00+01:00"}
    add_thing(Edition(app), TYPE, values, "")
    page = ada_client.get(_url("data", TYPE)).content.decode()
    assert ">\n\nFig</textarea>" in page
    assert 'value="1.5"' in page and '<option value="yes" selected>' in page and 'value="2026-11-21T14:30"' in page


def test_a_value_that_does_not_fit_stays_as_typed_with_the_reason_under_it(ask, app):
    thing = add_thing(Edition(app), TYPE, {"df_age001": 3}, "")
    answer = ask("set-cell", TYPE, thing.key, "df_age001", value='abc"><b>')
    assert "Age takes a number, and this is not one." in answer
    assert 'value="abc&quot;&gt;&lt;b&gt;"' in answer and 'aria-invalid="true"' in answer
    assert search(app, TYPE, True, 9)[0].field("df_age001") == 3


def test_an_emptied_cell_is_empty(ask, app):
    thing = add_thing(Edition(app), TYPE, {"df_age001": 3}, "")
    ask("set-cell", TYPE, thing.key, "df_age001", value="")
    assert search(app, TYPE, True, 9)[0].field("df_age001") is None


def test_a_cell_of_a_thing_that_is_gone_says_so(ask):
    assert "This Plant is no longer there." in ask("set-cell", TYPE, "th_gone01", "df_age001", value="1", status=409)


def test_a_text_too_long_for_a_cell_is_shown_and_not_editable(ada_client, app):
    add_thing(Edition(app), TYPE, {"df_name01": "x" * 20_000}, "")
    page = ada_client.get(_url("data", TYPE)).content.decode()
    assert "Too long to edit here." in page and "x" * 10_001 not in page


def test_things_are_deleted_only_once_that_is_confirmed(ask, ada_client, app):
    keys = [add_thing(Edition(app), TYPE, {"df_name01": name}, "").key for name in ("Fig", "Fern", "Moss")]
    dialog = ada_client.get(_url("remove-things", TYPE), {"thing": keys[:2]}, headers=HTMX).content.decode()
    assert "This cannot be undone." in dialog and "Delete 2 things" in dialog
    assert Thing.objects.count() == 3
    assert "2 things deleted." in ask("remove-things", TYPE, thing=keys[:2])
    assert [thing.field("df_name01") for thing in search(app, TYPE, True, 9)] == ["Moss"]


def test_a_form_sent_from_elsewhere_is_refused(app, ada):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    assert client.post(_url("new-thing", TYPE)).status_code == 403
    assert App.objects.count() == 1 and not Thing.objects.exists()


# Live data


def _looking_at_live():
    return {"HTTP_HX_CURRENT_URL": f"http://testserver/apps/garden/data/{TYPE}/?data=live", "HTTP_HX_REQUEST": "true"}


def test_S41_the_live_things_are_looked_at_apart_from_those_of_development(ada_client, app):
    add_thing(Edition(app), TYPE, {"df_name01": "Fig"}, "")
    add_thing(Edition(app, LIVE), TYPE, {"df_name01": "Fern"}, "")
    here = ada_client.get(f"/apps/garden/data/{TYPE}/").content.decode()
    live = ada_client.get(f"/apps/garden/data/{TYPE}/?data=live").content.decode()
    assert "Fig" in here and "Fern" not in here and f'hx-get="/apps/garden/data/{TYPE}/?data=live"' in here
    assert "Fern" in live and "Fig" not in live and f'/ws/data/garden/{TYPE}/?data=live"' in live
    assert "Visitors of the published app" in live and f'hx-get="/apps/garden/data/{TYPE}/"' in live


def test_S41_what_is_done_to_the_live_things_is_done_to_no_others(ada_client, app):
    edited, kept = add_thing(Edition(app, LIVE), TYPE, {"df_age001": 3}, ""), add_thing(Edition(app), TYPE, {}, "")
    looking = _looking_at_live()
    ada_client.post(f"/apps/garden/data/{TYPE}/things/{edited.key}/df_age001/", {"value": "4"}, **looking)
    assert search(app, TYPE, True, 9, LIVE)[0].field("df_age001") == 4
    ada_client.post(f"/apps/garden/data/{TYPE}/things/new/", **looking)
    assert (len(search(app, TYPE, True, 9, LIVE)), len(search(app, TYPE, True, 9))) == (2, 1)
    asked = ada_client.get(f"/apps/garden/data/{TYPE}/things/delete/?thing={edited.key}", **looking).content.decode()
    assert "deleted from the live data for good" in asked
    ada_client.post(f"/apps/garden/data/{TYPE}/things/delete/", {"thing": [edited.key, kept.key]}, **looking)
    assert len(search(app, TYPE, True, 9, LIVE)) == 1 and search(app, TYPE, True, 9)[0].key == kept.key
