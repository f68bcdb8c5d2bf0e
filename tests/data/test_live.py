"""Live things are read, shown and changed by the documents of the release that visitors have (S41)."""

import pytest

from builder.edition import LIVE, Edition
from builder.journal import perform
from data import editing
from data.live import live_edition
from data.models import Thing
from data.things import add_thing
from tests.data.conftest import plant
from workflows.models import Publication, Release

TYPE = "dt_plant1"
LOOKING = {"HTTP_HX_CURRENT_URL": f"http://testserver/apps/garden/data/{TYPE}/?data=live", "HTTP_HX_REQUEST": "true"}


@pytest.fixture
def released(app, ada):
    """Plant is live as it is; then its Age becomes a text, and its Name is deleted."""
    documents = [[row.kind, row.key, row.body] for row in app.documents.all()]
    release = Release.objects.create(app=app, number=1, documents=documents, by=ada, entry=0)
    Publication.objects.create(app=app, release=release)
    for plan in (editing.retyped(plant(), "df_age001", "text"), editing.removed_field(plant(), "df_name01")):
        perform(app, ada, plan.label, plan.changes)
    return release


def live(client, key=TYPE):
    return client.get(f"/apps/garden/data/{key}/?data=live").content.decode()


def test_an_app_that_is_not_published_has_live_things_by_what_is_edited(app):
    edition = live_edition(app)
    assert (edition.environment, edition.release) == (LIVE, "") and edition.body("data_type", TYPE) == plant()


def test_live_things_have_the_fields_of_the_release(ada_client, app, released):
    add_thing(live_edition(app), TYPE, {"df_name01": "Fern", "df_age001": 3}, "")
    here = ada_client.get(f"/apps/garden/data/{TYPE}/").content.decode()
    assert "Fern" in live(ada_client) and "col-number" in live(ada_client)
    assert "Fern" not in here and "col-number" not in here


def test_a_live_cell_takes_what_the_release_takes(ada_client, app, released):
    thing = add_thing(live_edition(app), TYPE, {}, "")
    at = f"/apps/garden/data/{TYPE}/things/{thing.key}"
    wrong = ada_client.post(f"{at}/df_age001/", {"value": "old"}, **LOOKING).content.decode()
    assert 'aria-invalid="true"' in wrong and Thing.objects.get(key=thing.key).values["df_age001"] is None
    ada_client.post(f"{at}/df_age001/", {"value": "4"}, **LOOKING)
    ada_client.post(f"{at}/df_name01/", {"value": "Fern"}, **LOOKING)
    values = Thing.objects.get(key=thing.key).values
    assert (values["df_age001"], values["df_name01"]) == (4, "Fern")


def test_a_type_that_is_deleted_is_live_until_the_next_release(ada_client, ada, app, released):
    plan = editing.deleted_type(app.documents.get(key=TYPE).body)
    perform(app, ada, plan.label, plan.changes)
    add_thing(live_edition(app), TYPE, {"df_name01": "Fern"}, "")
    assert "Fern" in live(ada_client)
    ada_client.post(f"/apps/garden/data/{TYPE}/things/new/", **LOOKING)
    assert Thing.objects.filter(environment=LIVE).count() == 2


def test_what_is_released_is_not_changed_in_its_place(ada_client, released):
    page = live(ada_client)
    for gesture in (
        "fields/df_age001/name/",
        "fields/df_age001/delete/",
        f"{TYPE}/fields/",
        "rename/",
        f"{TYPE}/delete/",
    ):
        assert gesture not in page and gesture in ada_client.get(f"/apps/garden/data/{TYPE}/").content.decode()
    assert "As in the live release." in page


def test_a_type_of_which_there_is_nothing_live_leads_back_to_development(ada_client, app, released):
    other = Release.objects.create(app=app, number=2, documents=[], by=released.by, entry=0)
    Publication.objects.update(release=other)
    page = ada_client.get("/apps/garden/data/?data=live").content.decode()
    assert "No data type in the live release" in page and 'hx-get="/apps/garden/data/"' in page


def test_deleting_a_type_says_how_many_of_its_things_are_live(ada_client, app):
    for edition in (Edition(app), Edition(app, LIVE), Edition(app, LIVE)):
        add_thing(edition, TYPE, {}, "")
    answer = ada_client.post(f"/apps/garden/data/{TYPE}/delete/", HTTP_HX_REQUEST="true").content.decode()
    assert "Plant with its 3 things, 2 of them live, is deleted." in answer
