"""Everything that may name a file is asked before one is deleted: each entry of the registry `mentions` finds keys in all
of its columns, of its own app and no other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from builder import journal
from builder.mentions import mentioned, mentions
from builder.models import App, User
from builder.starters import starters
from data.models import Thing
from workflows.models import KeptStream, Release, StoredVisit

pytestmark = pytest.mark.django_db


def name(number: int) -> dict[str, str]:
    return {"held": f"/files/fl_{number:024}/a.png"}


@pytest.fixture
def app(ada: User) -> App:
    """An app that names a file in every place there is."""
    app = starters["blank"].make(ada, "Juniper", "juniper")
    page = app.documents.get(kind="page")
    for number in (1, 2):
        change = {"do": "update", "doc": page.address, "node": page.key, "set": {"title": name(number)["held"]}}
        journal.perform(app, ada, "Title", [change])
    app.entries.first().delete()  # So that one is named in a document alone, and one in an undo.
    Thing.objects.create(app=app, type="dt_1", values=name(3), environment="live")
    Release.objects.create(app=app, number=1, documents=[["page", "pg_1", name(4)]])
    about = {"app": app, "visit": "", "owner": ""}
    StoredVisit.objects.create(app=app, key="a", mark="", page="", visitor="", holds=f"{name(5)}")
    KeptStream.objects.create(id="a", facts=f"{name(6)}", texts=f"{name(7)}", **about)
    return app


def test_a_key_is_found_wherever_it_stands(app: App, ada: User) -> None:
    assert mentioned(app, "fl") == {f"fl_{number:024}" for number in range(1, 8)}
    assert mentioned(starters["blank"].make(ada, "Other", "other"), "fl") == set()


@pytest.mark.parametrize("mention", [pytest.param(mentions[name], id=name) for name in sorted(mentions)])
def test_its_columns_are_looked_through_by_the_database(app: App, mention: object) -> None:
    """What names no file is not read at all."""
    for rows, column in mention.places(app):  # type: ignore[attr-defined]
        assert column in {field.name for field in rows.model._meta.fields}
    with CaptureQueriesContext(connection) as asked:
        assert mentioned(app, "no_such") == set()
    assert all("LIKE" in each["sql"] for each in asked.captured_queries)
