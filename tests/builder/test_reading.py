"""JSON from a browser: whatever is not the object that a view takes is refused in words, in the one shape of error."""

import pytest

from builder.starters import starters

pytestmark = pytest.mark.django_db

PLACES = [
    "/me/keys/",
    "/apps/juniper/changes/",
    "/apps/juniper/compose/",
    "/apps/juniper/fix/",
    "/apps/juniper/styles/gestures/",
    "/apps/juniper/design/{page}/gestures/",
]


@pytest.fixture(params=PLACES)
def answered(request, ada, ada_client):
    app = starters["blank"].make(ada, "Juniper", "juniper")
    where = request.param.format(page=app.documents.get(kind="page").key)
    return lambda text: ada_client.post(where, text, content_type="application/json")


@pytest.mark.parametrize("text", [" ", "{", "[" * 100_000, "\ud800".encode("utf-8", "surrogatepass")], ids=range(4))
def test_what_is_no_json_is_refused(answered, text):
    answer = answered(text)
    assert answer.status_code == 422
    assert answer.json()["error"]["sentence"] == "The request is not valid JSON."


@pytest.mark.parametrize("text", ["[]", "3", "null", '"text"'])
def test_json_that_is_no_object_is_refused(answered, text):
    answer = answered(text)
    assert answer.status_code == 422
    assert answer.json()["error"]["sentence"] == "The request is not a JSON object."


def test_what_is_nested_without_end_is_refused(answered):
    answer = answered('{"do": ' + "[" * 500 + "]" * 500 + "}")
    assert answer.status_code == 422
    assert answer.json()["error"]["sentence"] == "What was sent is nested too deeply, so nothing was done."


def test_what_is_too_large_is_refused(answered):
    error = answered('{"do": "' + "x" * 3_000_000 + '"}')
    assert error.status_code == 413
    assert error.json()["error"]["sentence"] == "This is too large: the server takes 2.5 MB at once."


def test_an_object_without_what_the_view_takes_is_refused(answered):
    assert answered("{}").status_code in (409, 422)
