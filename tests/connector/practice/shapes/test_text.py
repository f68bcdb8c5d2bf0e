"""Plain text: the answer and nothing else."""

import pytest

from tests.connector.practice.conftest import QUESTION
from tests.connector.practice.reading import expected


def _ways_to_ask(api):
    yield api.get("/text", params={"q": QUESTION})
    yield api.post("/text", content=QUESTION)
    yield api.post("/text", json={"question": QUESTION})
    yield api.post("/text", json={"prompt": QUESTION})


def test_however_it_is_asked_the_body_is_the_text(api):
    for answer in _ways_to_ask(api):
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.content == "".join(expected(QUESTION)).encode()


def test_it_comes_in_pieces(api):
    with api.stream("GET", "/text", params={"q": QUESTION, "speed": "200", "length": "20"}) as answer:
        assert len(list(answer.iter_raw())) >= 5


@pytest.mark.parametrize("body", [b"{", b"[]", b'"hello"'])
def test_json_that_is_none_is_refused(api, body):
    answer = api.post("/text", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]
