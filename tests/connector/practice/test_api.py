"""The practice API as a whole: its label, its routes, its knobs, and that it stops when nobody listens."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import httpx
import pytest

from connector.practice.request import BODY_LIMIT
from connector.practice.shapes import SHAPES
from tests.connector.practice.conftest import QUESTION
from tests.connector.practice.reading import expected

CHAT = "/v1/chat/completions"
BODY = {"stream": True, "messages": [{"role": "user", "content": QUESTION}]}


@pytest.mark.parametrize("path", ["", "/"])
def test_the_first_page_says_what_it_is_and_lists_the_routes(api, path):
    answer = api.get(path)
    assert answer.headers["x-practice"] == "yes"
    about = answer.json()
    assert "practice API" in about["what"]
    assert [route["path"] for route in about["routes"]] == [f"/practice{shape.path}" for shape in SHAPES]
    assert set(about["faults"]) >= {"401", "429", "stall", "cut", "error", "json", "html"}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_example_on_the_first_page_streams_and_is_labelled(api, shape):
    asked = ("POST", shape.path, {"json": shape.example}) if shape.example else ("GET", shape.path, {})
    answer = api.request(asked[0], asked[1], params={"count": "3"}, **asked[2])
    assert answer.status_code == 200
    assert answer.headers["x-practice"] == "yes"
    assert answer.headers["transfer-encoding"] == "chunked"
    assert answer.headers["cache-control"] == "no-store"


def test_another_path_is_not_there(api):
    answer = api.get("/v1/audio/speech")
    assert answer.status_code == 404
    assert "/v1/chat/completions" in answer.json()["error"]["message"]
    assert answer.headers["x-practice"] == "yes"


def test_a_wrong_method_is_refused_and_the_right_one_named(api):
    answer = api.get(CHAT)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert "POST" in answer.json()["error"]["message"]


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape.example], ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff", b"[" * 20_000])
def test_a_body_that_is_no_json_object_is_refused_in_the_vendors_shape(api, shape, body):
    answer = api.post(shape.path, content=body)
    assert answer.status_code == 400
    assert set(answer.json()) == set(shape.error(400, "any"))


def test_a_body_over_a_megabyte_is_refused(api):
    answer = api.post("/v1/messages", content=b" " * (BODY_LIMIT + 1))
    assert answer.status_code == 413
    assert answer.json()["error"]["type"] == "request_too_large"


@pytest.mark.parametrize(
    "query", [{"speed": "-1"}, {"speed": "nan"}, {"speed": "fast"}, {"length": "0"}, {"after": "1.5"}, {"seed": "x"}]
)
def test_a_knob_out_of_range_is_refused_by_its_name(api, query):
    answer = api.post(CHAT, json=BODY, params=query)
    assert answer.status_code == 400
    assert next(iter(query)) in answer.json()["error"]["message"]


def test_the_speed_is_tokens_a_second(api):
    began = time.monotonic()
    api.post(CHAT, json=BODY, params={"speed": "100", "length": "40"})
    assert 0.38 < time.monotonic() - began < 1.5


def test_another_seed_gives_another_answer_and_none_a_random_one(api):
    assert api.get("/text", params={"q": "tides", "seed": "9"}).text == "".join(expected("tides", seed=9))
    assert len({api.get("/text", params={"q": "tides", "seed": ""}).text for _ in range(12)}) > 1


def test_many_at_once_all_get_their_own_answer(api):
    questions = [f"What about the tide number {number}?" for number in range(24)]

    def ask(question):
        return api.get("/text", params={"q": question, "speed": "500", "length": "60"}).text

    with ThreadPoolExecutor(24) as threads:
        answers = list(threads.map(ask, questions))
    assert answers == ["".join(expected(question, length=60)) for question in questions]


@pytest.mark.parametrize(
    "query", ["speed=5&length=5000", "fault=stall&speed=0", "fault=slow_start&wait=60", "speed=0&length=5000"]
)
def test_when_the_client_goes_the_answer_ends_and_nothing_is_left_running(raw, alive, query):
    opened = raw(f"{CHAT}?{query}", BODY)
    _until(lambda: any("application" in name for name in alive()) or "speed=0&length" in query)
    opened.close()
    _until(lambda: alive() == [])


def test_a_cut_leaves_nothing_running(api, alive):
    with pytest.raises(httpx.RemoteProtocolError):
        api.get("/text", params={"fault": "cut"})
    _until(lambda: alive() == [])


def test_the_ticker_ends_with_its_reader(api, alive):
    with api.stream("GET", "/ticker") as answer:
        assert len(list(islice(answer.iter_lines(), 4))) == 4
    _until(lambda: alive() == [])


def _until(holds, seconds=2.0):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to hold in time"
        time.sleep(0.02)
