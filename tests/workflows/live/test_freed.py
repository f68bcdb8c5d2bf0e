"""What a run held is freed when it is over and another has taken its place, without a garbage collection (P12)."""

import gc
from weakref import ref

import pytest

from tests.connector.loopback import service
from tests.workflows.live.asking import until
from tests.workflows.live.test_first_call import Asked
from workflows.live import runs
from workflows.live.flusher import Flusher

TEXT = b'data: {"choices": [{"delta": {"content": "Leaf"}}]}\n\n'
ENDS = {"done": b"data: [DONE]\n\n", "failed": b'data: {"error": {"message": "Overloaded"}}\n\n', "stopped": b""}


@pytest.fixture
def uncollected(monkeypatch):
    """No garbage collection, and nothing to save but what the test makes."""
    monkeypatch.setattr(runs, "unwritten", {})
    monkeypatch.setattr(runs, "under_way", {})
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("end", ENDS)
async def test_P12_a_text_goes_with_its_run(ada, settings, uncollected, end):
    asked, read = Asked(ada, settings), []

    async def answer(reader, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + TEXT + ENDS[end])
        await writer.drain()
        if not ENDS[end]:
            await reader.read()

    async def ask(event):
        asked.click(event)
        [run] = asked.guest.runs.running
        [step] = run.steps
        await until(lambda: any(value.length for value in texts(run)))
        if end == "stopped":
            asked.guest.runs.stop_what("")
        await until(lambda: not asked.guest.runs.running)
        assert run.steps[step].result.state == end
        asked.guest.visit.outbox.flush()
        assert await flusher.flush()
        read.append((ref(run), ref(run.host), ref(run.steps[step].result)))

    def texts(run):
        return [value for each in run.steps.values() if each.result for value in each.result.texts.values()]

    async with service(answer) as here:
        await asked.opens_at(here)
        flusher = Flusher(asked.directory)
        for event in ("one", "two"):
            await ask(event)
        first, second = read
        # The connection of one that was stopped may still be closing.
        await until(lambda: not any(there() for there in first))
        assert all(there() for there in second)
        await asked.leave()
