"""The demo app is whole: nothing loose in it, its calls initialized, their recorded answers there."""

import pytest

from builder.access import catalog_of
from builder.kinds import kinds
from builder.starters import starters
from connector.initialize import fingerprint, look_at
from connector.models import Capture

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(ada):
    return starters["demo"].make(ada, "Juniper", "juniper")


def test_it_has_no_loose_end(app):
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
