"""The live result of a call: the table of S22, its ends (S23), its text read from any length on."""

import random
import time
from typing import Any

import pytest

from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.growing import GrowingText
from connector.answers.stream import Failure, Stream
from connector.errors import LimitCrossed
from connector.framings import framings
from tests.cases.recorded import Recorded, one, recorded

FIELDS = [
    Field("answer", "text_stream", "t"),
    Field("tokens", "number", "n"),
    Field("model", "text", "m"),
    Field("ok", "yes_no", "ok"),
    Field("price", "live", "p"),
]
MARK = {"by": "data", "data": "[DONE]"}


class Clock:
    """Stands still until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def stream(*fields: Field, end: dict | None = None, **options: Any) -> Stream:
    return Stream(Extraction(fields or FIELDS, end), **options)


def feed(result: Stream, *values: str, event: str | None = None) -> Stream:
    for value in values:
        result.feed(frame_of(value.encode(), event))
    return result


def row(result: Stream) -> tuple:
    """One row of the table of S22: state, text so far, full text, other fields."""
    answer = result.field("answer")
    assert answer.state == result.state and answer.error == result.error
    return result.state, answer.text, answer.full_text, *(result.field(key) for key in ("tokens", "model", "ok"))


ALL = ['{"t":"a","m":"x"}', '{"t":"b","n":1,"ok":true}', '{"n":2,"m":null}']


def test_the_table_for_a_stream_that_ends_well() -> None:
    """S22, S21: values are not live, and the last non-null one wins."""
    result = stream(end=MARK)
    assert row(result) == ("never", "", None, None, None, None)
    result.request_sent()
    assert row(result) == ("waiting", "", None, None, None, None)
    feed(result, ALL[0])
    assert row(result) == ("streaming", "a", None, None, None, None)
    feed(result, *ALL[1:])
    assert row(result) == ("streaming", "ab", None, None, None, None)
    feed(result, "[DONE]")
    assert row(result) == ("done", "ab", "ab", 2, "x", True)


def test_the_table_for_a_stream_that_fails_midway() -> None:
    """S22: the text is kept, the full text empty, the other fields are what came."""
    result = feed(stream(end=MARK), *ALL)
    result.fail("It broke.", "interrupted")
    assert row(result) == ("failed", "ab", None, 2, "x", True)
    assert result.error == Failure("interrupted", "It broke.") and str(result.error) == "It broke."


def test_the_table_for_a_stream_that_is_stopped() -> None:
    """S22, S30."""
    result = feed(stream(end=MARK), *ALL)
    result.stop()
    assert row(result) == ("stopped", "ab", None, 2, "x", True)
    assert result.error is None


def test_it_can_be_stopped_or_fail_before_the_first_frame() -> None:
    """S30."""
    for result in (stream(), stream()):
        result.request_sent()
    stopped, failed = stream(), stream()
    stopped.stop()
    failed.fail(LimitCrossed.of("first_byte", 60))
    assert row(stopped)[:3] == ("stopped", "", None)
    assert failed.error == Failure("limit", "Nothing arrived for 60 s.")


@pytest.mark.parametrize("end", ["stop", "fail", "done"])
def test_after_an_end_nothing_changes(end: str) -> None:
    result = feed(stream(), *ALL)
    {"stop": result.stop, "fail": lambda: result.fail("x"), "done": lambda: feed(result, "[DONE]")}[end]()
    before = row(result), result.error, result.seconds_in_all
    feed(result, '{"t":"late","n":9}', '{"error":"late"}', "[DONE]")
    result.ended(clean=False)
    result.fail("late")
    result.stop()
    result.request_sent()
    assert (row(result), result.error, result.seconds_in_all) == before


def test_comments_and_heartbeats_do_not_end_waiting() -> None:
    """S23."""
    result, reader = stream(), framings["sse"].new()
    result.request_sent()
    result.read(reader, b": ping\n\nevent: ping\n\ndata:\n\nid: 1\n\n")
    assert result.state == "waiting"
    result.read(reader, b"data: {}\n\n")
    assert result.state == "streaming"


def test_live_values_follow_each_frame() -> None:
    """S21."""
    result = stream()
    assert result.field("price") is None
    for value in (1, 2.5, "n/a", False):
        feed(result, f'{{"p":{value!r}}}'.replace("'", '"').replace("False", "false"))
        assert result.field("price") == value
    assert result.field("gone") is None


def test_cumulative_text_is_the_newest_whole() -> None:
    """S20: an append as long as the old text begins the new one, else a new epoch."""
    result = stream(Field("answer", "text_stream", "t", mode="cumulative"))
    answer = result.field("answer")
    feed(result, '{"t":"Ice"}', '{"t":"Ice cream"}', '{"t":"Ice cream"}')
    assert (answer.text, answer.epoch, answer.since(3)) == ("Ice cream", 0, " cream")
    feed(result, '{"t":"I scream!"}')
    assert (answer.text, answer.epoch, answer.since(0)) == ("I scream!", 1, "I scream!")
    feed(result, '{"t":""}')
    assert (answer.text, answer.epoch, answer.length) == ("", 2, 0)


def test_seconds() -> None:
    """S22: to the first text (not the first frame) and in all, from the request."""
    clock = Clock()
    result = stream(FIELDS[0], Field("other", "text_stream", "o"), clock=clock)
    clock.now += 5
    result.request_sent()
    clock.now += 1
    feed(result, '{"n":1}', '{"t":""}')
    assert result.seconds_to_first_text is None
    clock.now += 1
    feed(result, '{"o":"x"}')
    clock.now += 1
    feed(result, '{"t":"x"}')
    assert result.field("answer").seconds_in_all is None
    clock.now += 1
    feed(result, "[DONE]")
    clock.now += 1
    assert result.field("other").seconds_to_first_text == result.seconds_to_first_text == 2
    assert result.field("answer").seconds_to_first_text == 3
    assert result.field("answer").seconds_in_all == result.seconds_in_all == 4


# Ends


def ended(result: Stream, clean: bool = True, partial: bool = False) -> tuple[str, str | None]:
    result.ended(clean, partial)
    return result.state, result.error and result.error.kind


@pytest.mark.parametrize(
    ("end", "values", "clean", "partial", "state"),
    [
        (MARK, ['{"t":"a"}', "[DONE]"], True, False, "done"),
        (MARK, ['{"t":"a"}', "[DONE]"], False, True, "done"),
        (MARK, ['{"t":"a"}'], True, False, "failed"),
        (MARK, ['{"t":"a","choices":[{"finish_reason":"stop"}]}', '{"usage":1}'], True, False, "done"),
        (MARK, ['{"t":"a","choices":[{"finish_reason":null}]}'], True, False, "failed"),
        (MARK, ['{"t":"a","finish_reason":"stop"}'], False, False, "failed"),
        ({"by": "event", "event": "end"}, ['{"t":"a"}'], True, False, "failed"),
        ({"by": "frame", "path": "why"}, ['{"t":"a","why":"length"}', '{"n":1}'], True, False, "done"),
        ({"by": "frame", "path": "why"}, ['{"t":"a","why":null}'], True, False, "failed"),
        ({"by": "close"}, ['{"t":"a"}'], True, False, "done"),
        ({"by": "close"}, ['{"t":"a"}'], True, True, "failed"),
        ({"by": "close"}, ['{"t":"a"}'], False, False, "failed"),
        (None, ['{"t":"a"}'], True, False, "done"),
        (None, ['{"t":"a"}', "[DONE]"], False, False, "done"),
        ({"by": "close"}, [], True, False, "failed"),
        ({"by": "never"}, [], True, False, "done"),
        ({"by": "close"}, ["{'t': 1}"], True, False, "failed"),
        ({"by": "close"}, ["{'t': 1}", '{"t":"a"}'], True, False, "done"),
    ],
)
def test_how_a_close_ends_it(end: dict | None, values: list[str], clean: bool, partial: bool, state: str) -> None:
    """S23."""
    result = feed(stream(end=end), *values)
    assert ended(result, clean, partial) == (state, "error" if state == "failed" else None)


SKY = '{"code":1003,"message":"Partly cloudy","icon":"a.png"}'
BEAT = '{"code":1000,"message":"heartbeat","time":17}'
REFUSAL = '{"code":10013,"message":"No such key","sid":"s"}'
PACKED = '{"base_resp":{"status_code":1004,"status_msg":"No such key"},"id":"7"}'
WELL = '{"code":20000,"msg":"Success"}'


@pytest.mark.parametrize(
    ("values", "text", "words"),
    [
        (['{"t":"a"}', SKY, '{"t":"b"}'], "ab", None),
        ([SKY, SKY, '{"t":"a"}', SKY, '{"t":"b"}', SKY], "ab", None),
        ([BEAT, '{"t":"a"}', BEAT], "a", None),
        ([PACKED, '{"t":"a"}', PACKED], "a", None),
        (['{"t":"a"}', PACKED], "a", None),
        (['{"t":"a"}', WELL], "a", None),
        ([REFUSAL], "", "No such key"),
        ([PACKED], "", "No such key"),
        ([PACKED, '{"ping":1}'], "", "No such key"),
        ([BEAT, REFUSAL], "", "No such key"),
        (['{"t":"a"}', REFUSAL], "a", "No such key"),
        ([BEAT, '{"t":"a"}', REFUSAL, "[DONE]"], "a", "No such key"),
    ],
)
def test_S23_news_that_no_field_reads_is_an_error_only_where_nothing_comes_after_it(
    values: list[str], text: str, words: str | None
) -> None:
    """A weather feed's codes and a heartbeat do not end it; the same frame is a refusal where it is all there is."""
    result = feed(stream(), *values)
    result.ended(clean=True)
    assert result.field("answer").text == text and result.state == ("failed" if words else "done")
    assert words is None or (words in result.error.sentence and result.error.kind == "error")


def test_what_was_refused_is_said_also_where_the_service_then_says_nothing_more() -> None:
    result = feed(stream(), REFUSAL)
    result.fail(LimitCrossed.of("silence", 60))
    assert result.error.kind == "error" and "No such key" in result.error.sentence


def test_S12_a_feed_goes_on_after_a_heartbeat_and_ends_where_it_was_refused() -> None:
    ticker, refused = feed(stream(), '{"p":1}', BEAT), feed(stream(), REFUSAL)
    ticker.stays_open = refused.stays_open = True
    assert not ticker.refused() and refused.refused() and refused.state == "failed"
    ticker.finish()
    assert ticker.state == "done"


def test_values_after_a_finish_reason_still_count() -> None:
    result = feed(stream(end={"by": "frame", "path": "why"}), '{"t":"a","why":"stop"}', '{"n":7}')
    result.ended(clean=True)
    assert (result.state, result.field("tokens")) == ("done", 7)


def test_an_event_without_data_can_be_the_end_sign() -> None:
    """S23; LangServe's `event: end`, which is never dispatched."""
    result, reader = stream(end={"by": "event", "event": "end"}), framings["sse"].new()
    result.read(reader, b'data: {"t":"a"}\n\nevent: ping\n\n')
    assert result.state == "streaming"
    result.read(reader, b"event: end\n\n")
    assert result.state == "done"


def test_a_mark_without_its_blank_line_is_still_the_end() -> None:
    """S23: the service said that it was finished, and only forgot the line end."""
    result, reader = stream(end=MARK), framings["sse"].new()
    result.read(reader, b'data: {"t":"a"}\n\ndata: [DONE]')
    assert result.close(reader, clean=True) == []
    assert (result.state, result.field("answer").text) == ("done", "a")


def test_a_call_that_is_no_stream_is_one_frame() -> None:
    result, reader = stream(end={"by": "close"}), framings["json"].new()
    assert result.read(reader, b'{"t":"whole","n":') + result.read(reader, b"3}") == []
    assert len(result.close(reader, clean=True)) == 1
    assert (result.state, result.field("answer").full_text, result.field("tokens")) == ("done", "whole", 3)


def test_a_body_that_is_no_json_fails_in_words() -> None:
    result, reader = stream(end={"by": "close"}), framings["json"].new()
    result.read(reader, b'{"t":"whole","n":')
    result.close(reader, clean=True)
    assert result.error.sentence == "The service answered with something that cannot be read."


def test_a_frame_over_the_limit_ends_it_with_the_text_kept() -> None:
    """S12, P11."""
    result, reader = stream(), framings["sse"].new(50)
    result.read(reader, b'data: {"t":"a"}\n\ndata: ' + b"x" * 100)
    result.close(reader, clean=True)
    assert (result.state, result.error.kind, result.field("answer").text) == ("failed", "limit", "a")


@pytest.mark.parametrize("mode", ["delta", "cumulative"])
def test_a_text_over_the_limit_ends_it_with_the_text_kept(mode: str) -> None:
    """S12, P11."""
    result = stream(Field("answer", "text_stream", "t", mode=mode), text_limit=5)
    feed(result, '{"t":"abcd"}', '{"t":"abcdef"}')
    assert (result.state, result.error.kind, result.field("answer").text) == ("failed", "limit", "abcd")
    assert "5 characters" in result.error.sentence


# Listeners


def test_listeners_hear_which_fields_changed() -> None:
    """A change of state names all fields and None; values that are not live are no news before the end."""
    result, heard = stream(), []
    leave = result.subscribe(heard.append)
    everything = {None, "answer", "tokens", "model", "ok", "price"}
    result.request_sent()
    feed(
        result, '{"t":"a"}', '{"t":"b","n":1}', '{"n":2}', '{"p":1}', '{"p":1}', '{"t":""}', '{"t":"c","p":2}', "[DONE]"
    )
    assert heard == [everything, everything, {"answer"}, {"price"}, {"answer", "price"}, everything]
    leave()
    leave()


def test_listeners_hear_of_a_read_once_and_no_more_after_they_left() -> None:
    result, reader, heard = stream(), framings["ndjson"].new(), []
    leave = result.subscribe(heard.append)
    result.request_sent()
    result.read(reader, b'{"t":"a"}\n{"t":"b"}\n{"t":"c"}\n')
    assert len(heard) == 2
    leave()
    result.stop()
    assert len(heard) == 2


def test_a_listener_may_leave_while_it_is_told() -> None:
    result, heard = stream(), []
    leave = result.subscribe(lambda changed: leave())
    result.subscribe(heard.append)
    result.request_sent()
    assert len(heard) == 1


def test_who_only_wants_states_is_not_told_of_texts() -> None:
    result, heard = stream(), []
    leave = result.subscribe(lambda changed: heard.append(result.state), to_states=True)
    result.request_sent()
    feed(result, '{"t":"a"}', '{"t":"b"}', "[DONE]")
    assert heard == ["waiting", "streaming", "done"]
    leave()


# Recorded streams and failures


def run(recording: Recorded, clean: bool = True) -> Stream:
    """The recording through framing, extraction and stream, as a call would do it."""
    gold = recording.gold
    fields = [Field("answer", "text_stream", gold["text_path"], gold["when"])] if gold.get("text_path") else []
    end = gold.get("end") or ({"by": "data", "data": gold["end_marker"]} if gold.get("end_marker") else {"by": "close"})
    result, reader = stream(*fields, end=end), framings[recording.framing].new()
    result.request_sent()
    for chunk in recording.chunks:
        result.read(reader, chunk)
    result.close(reader, clean)
    return result


DELTAS = [each for each in recorded() if each.gold.get("mode") == "delta" and each.gold.get("text_path")]


@pytest.mark.parametrize("recording", [each for each in DELTAS if not each.gold.get("hard")], ids=repr)
def test_a_recorded_stream_ends_well_with_its_text(recording: Recorded) -> None:
    """P2, S23: by the end its gold names."""
    result = run(recording)
    assert result.error is None
    assert (result.state, result.field("answer").full_text) == ("done", recording.gold["text"])


FAILURES = [each for each in recorded("errors") if each.gold["text_path"] and each.gold["error"]]


@pytest.mark.parametrize("recording", FAILURES, ids=repr)
def test_a_recorded_failure_fails_in_words_with_its_text_kept(recording: Recorded) -> None:
    """S23, P7."""
    error = recording.gold["error"]
    result = run(recording, clean=error["kind"] != "stalled" and recording.name != "broken-mid-frame")
    assert result.field("answer").text == recording.gold["partial_text"]
    if error["kind"] == "bad_frame":
        assert (result.state, result.bad_frames) == ("done", len(error["at_frames"]))
        return
    assert (result.state, result.error.kind) == ("failed", "error")
    assert all(word in result.error.sentence for word in error["must_mention"])


@pytest.mark.parametrize("name", ["comments-only", "empty-body"])
def test_an_answer_of_nothing_fails_in_words(name: str) -> None:
    result, reader = stream(), framings["sse"].new()
    result.read(reader, one(f"errors/{name}").body)
    result.close(reader, clean=True)
    assert result.error.sentence == "The service answered but sent nothing."


def test_a_missing_mark_after_a_finish_reason_is_no_failure() -> None:
    """S23; errors/no-end-mark-ok."""
    recording = one("errors/no-end-mark-ok")
    result = run(recording)
    assert (result.state, result.field("answer").full_text) == ("done", recording.gold["partial_text"])


# What is in no frame (S10), and lists of frames (S16)

BESIDE = [
    Field("code", "number", "code", part="status"),
    Field("words", "text", "text", part="status"),
    Field("body", "text", "body", part="status"),
    Field("failed", "yes_no", "is_error", part="status"),
    Field("request", "text", "x-request-id", part="header"),
    Field("left", "number", "x-ratelimit-remaining", part="header"),
    Field("missing", "text", "x-none", part="header"),
    Field("answer", "text_stream", "t"),
]


def test_the_status_and_the_headers_of_an_answer_are_fields_once_it_has_ended() -> None:
    """S10, S21."""
    result, reader = stream(*BESIDE, end={"by": "close"}), framings["ndjson"].new()
    headers = [("X-Request-Id", "a"), ("x-request-id", "b"), ("X-RateLimit-Remaining", "1,200")]
    result.request_sent()
    result.answered(200, "OK", headers)
    result.read(reader, b'{"t": "h')
    result.read(reader, b'\xc3\xa9"}\n')
    assert [result.field(each.id) for each in BESIDE[:-1]] == [None] * 7
    result.close(reader, clean=True)
    found = [result.field(each.id) for each in BESIDE[:-1]]
    assert found == [200, "OK", '{"t": "hé"}\n', False, "a, b", 1200, None]
    assert result.field("answer").text == "hé"


def test_the_body_as_a_field_is_its_first_64_kb() -> None:
    result = stream(*BESIDE)
    for _ in range(3):
        result.note(b"x" * 40_000)
    result.finish()
    assert len(result.field("body")) == 65_536 and result.bytes == 120_000


def test_what_did_not_come_in_frames_does_not_make_an_unreadable_answer_a_good_one() -> None:
    result, reader = stream(*BESIDE, end={"by": "close"}), framings["json"].new()
    result.answered(200, "OK", [("x-request-id", "a")])
    result.read(reader, b"{nonsense")
    result.close(reader, clean=True)
    assert result.state == "failed" and result.field("code") == 200


def test_an_error_that_is_forgiven_is_read_like_any_answer() -> None:
    """S10: its author looks at it."""
    result = stream(Field("why", "text", "error.message"))
    result.forgive()
    feed(result, '{"error": {"message": "no such model"}}')
    assert result.state == "streaming"
    result.finish()
    assert (result.state, result.error, result.field("why")) == ("done", None, "no such model")


def test_a_list_of_frames_is_live_and_holds_the_newest() -> None:
    """S16."""
    result = stream(Field("all", "frames", "v"))
    heard: list[Any] = []
    result.subscribe(heard.append)
    feed(result, '{"v": {"a": [1]}}', '{"w": 1}', '{"v": 2}')
    seen = result.field("all")
    assert seen == [{"a": [1]}, 2] and {"all"} in heard
    feed(result, *(f'{{"v": {n}}}' for n in range(1_500)))
    assert len(seen) == 2 and len(result.field("all")) == 1_000 and result.field("all")[-1] == 1_499


def test_a_file_is_the_whole_answer() -> None:
    result = stream(Field("image", "file", "$"))
    result.request_sent()
    result.give_file("/files/fl_1/a.png")
    assert result.field("image") is None
    result.finish()
    assert (result.state, result.field("image")) == ("done", "/files/fl_1/a.png")


# The growing text


def test_a_text_can_be_read_from_any_length_on() -> None:
    chance, text, whole = random.Random(3), GrowingText(10_000_000), ""
    for number in range(3000):
        piece = "".join(chance.choices("abc é🚀\n", k=chance.randint(0, 4)))
        assert text.append(piece) is bool(piece)
        whole += piece
        place = chance.randint(0, len(whole) + 2)
        assert text.since(place) == whole[place:]
        if number % 700 == 0:
            assert text.whole() == whole
    assert (text.length, text.whole(), text.epoch) == (len(whole), whole, 0)


def test_halves_of_a_character_are_joined_first_and_mended_then() -> None:
    """P2: JSON proxies cut an emoji into two escapes."""
    result = feed(stream(FIELDS[0]), '{"t":"a\\ud83d"}')
    assert result.field("answer").text == "a"
    feed(result, '{"t":"\\ude80b"}', '{"t":"\\udc00"}', '{"t":"c\\ud83d"}')
    assert result.field("answer").text == "a🚀b\ufffdc"
    feed(result, "[DONE]")
    assert result.field("answer").full_text == "a🚀b\ufffdc\ufffd"


def test_half_a_character_is_not_invented_when_it_fails() -> None:
    result = feed(stream(FIELDS[0]), '{"t":"a\\ud83d"}')
    result.stop()
    assert result.field("answer").text == "a"


def test_ten_thousand_pieces_and_reads_take_linear_time() -> None:
    """Never quadratic: appending and reading what is new."""

    def seconds(count: int) -> float:
        text, started, seen = GrowingText(10_000_000), time.process_time(), 0
        for _ in range(count):
            text.append("token ")
            seen += len(text.since(seen))
        assert seen == text.length
        return time.process_time() - started

    seconds(10_000)
    assert seconds(200_000) < 60 * max(seconds(10_000), 0.002)
