"""What Prometheus reads is true, and nothing is counted twice."""

import asyncio

import pytest
from prometheus_client.parser import text_string_to_metric_families

from connector import calls
from connector.answers.extract import Extraction
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from connector.spending.tally import Tally
from streamwright import metrics


@pytest.fixture(autouse=True)
def nothing_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "running", {})
    monkeypatch.setattr(calls, "tally", Tally())


def read() -> dict[str, float]:
    """Every sample by its name, with its labels where it has some."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.exposition())
        for sample in family.samples
    }


def test_every_number_that_is_promised_is_there() -> None:
    names = {
        family.name.removeprefix("streamwright_") for family in text_string_to_metric_families(metrics.exposition())
    }
    assert names >= {
        "visits",
        "sockets",
        "streams_running",
        "streams",
        "frames",
        "bytes",
        "first_text_seconds",
        "event_loop_lag_seconds",
        "window_stalls",
        "calls_over_budget",
        "given_up",
        "runs",
        "process_resident_memory_bytes",
    }


async def test_a_stream_counts_while_it_runs_and_once_it_is_over() -> None:
    stream = Stream(Extraction([]))
    stream.request_sent()
    over = asyncio.Event()
    task = asyncio.create_task(over.wait())
    calls.running[task] = stream  # type: ignore[index]
    task.add_done_callback(calls._over)  # type: ignore[arg-type]
    stream.note(b"12345")
    stream.feed(frame_of(b'{"a": 1}'))
    during = read()
    stream.finish()
    over.set()
    await task
    await asyncio.sleep(0)
    after = read()
    for numbers, running in ((during, 1), (after, 0)):
        assert numbers["streamwright_streams_running"] == running
        assert (numbers["streamwright_frames_total"], numbers["streamwright_bytes_total"]) == (1, 5)
    assert after["streamwright_streams_total done"] == 1


async def test_how_late_the_loop_is_is_measured() -> None:
    def count() -> float:
        return read()["streamwright_event_loop_lag_seconds_count"]

    before = count()
    metrics.watch_the_loop(asyncio.get_running_loop())
    await asyncio.sleep(0.01)
    assert count() == before + 1
