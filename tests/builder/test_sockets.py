"""An editor's socket holds a bounded amount for a browser that does not look (P12)."""

import asyncio

import pytest

from builder import sockets
from builder.frames import UNREAD
from builder.sockets import EditorSocket


class Shown(EditorSocket):
    """A socket whose door was passed; `got` is what went down."""

    def __init__(self):
        super().__init__()
        self.got: list[str] = []
        self.passed, self.scope = True, {}
        self.begin()

    async def base_send(self, message):
        self.got.append(message["text"])

    async def seen(self):
        await self.websocket_receive({"type": "websocket.receive", "text": "seen"})
        await asyncio.sleep(0)


@pytest.fixture
def socket(monkeypatch):
    monkeypatch.setattr(sockets, "WINDOW", 100)
    return Shown()


async def test_P12_of_pictures_that_nobody_looks_at_only_the_newest_waits(socket):
    for number in range(1000):
        socket.picture(f"picture {number:04}")
        await asyncio.sleep(0)
    assert socket.got == [f"picture {number:04}" for number in range(9)], "as many as fit into the window"
    for _ in range(9):
        await socket.seen()
    assert socket.got[9:] == ["picture 0999"]
    await socket.seen()
    socket.picture("the next")
    await asyncio.sleep(0)
    assert socket.got[10:] == ["the next"]


async def test_who_looks_gets_every_picture(socket):
    for number in range(100):
        socket.picture(f"picture {number:04}")
        await asyncio.sleep(0)
        await socket.seen()
    assert len(socket.got) == 100


async def test_the_last_picture_goes_out_in_any_case_and_nothing_old_after_it(socket):
    for number in range(50):
        socket.picture(f"picture {number:04}")
    socket.picture("it is done", last=True)
    await asyncio.sleep(0)
    assert socket.got[-1] == "it is done"
    for _ in range(20):
        await socket.seen()
    assert socket.got[-1] == "it is done"


async def test_an_answer_to_nothing_is_no_fault(socket):
    await socket.seen()
    assert socket.got == []


class Slow(Shown):
    """A socket whose server waits before it takes a message, while `open` is not set; what it refuses is an error."""

    def __init__(self):
        super().__init__()
        self.open = asyncio.Event()
        self.open.set()

    async def base_send(self, message):
        await self.open.wait()
        if message["text"] == "refused":
            raise ConnectionError
        self.got.append(message["text"])


async def test_what_is_told_is_sent_at_once_where_the_server_does_not_wait():
    socket = Slow()
    socket.tell("one")
    socket.tell("refused")
    socket.tell("two")
    assert socket.got == ["one", "two"] and socket._sending is None


async def test_a_server_that_never_waits_is_told_without_asking():
    socket, written = Slow(), []
    socket.scope["write"] = written.append
    socket.tell("one")
    assert (written, socket.got) == (["one"], [])


async def test_what_is_told_stays_in_order_where_the_server_waits():
    socket = Slow()
    socket.open.clear()
    for text in ("one", "refused", "two"):
        socket.tell(text)
    assert socket.got == []
    socket.open.set()
    socket.tell("three")
    await socket._sending
    await asyncio.sleep(0)
    socket.tell("four")
    assert socket.got == ["one", "two", "three", "four"] and socket._sending is None


async def test_what_is_told_between_the_last_word_of_a_task_and_its_end_is_sent_too():
    class Late(Slow):
        async def base_send(self, message):
            await super().base_send(message)
            if message["text"] == "one":
                asyncio.get_running_loop().call_soon(self.tell, "late")

    socket = Late()
    socket.open.clear()
    socket.tell("one")
    socket.open.set()
    async with asyncio.timeout(10):
        while socket.got != ["one", "late"]:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert socket._sending is None and not socket._unsent


async def test_P12_a_browser_that_never_reads_what_it_acknowledges_is_not_heard_any_more():
    socket = Slow()
    socket.passed = True
    socket.open.clear()
    socket.tell("under way")
    socket.tell("a long text".ljust(10 * UNREAD))
    for _ in range(8):
        socket.tell("x" * (UNREAD // 8))
    assert socket.passed and len(socket._unsent) == 9, "the longest may be as long as it wants"
    socket.tell("x")
    assert not socket.passed and not socket._unsent
    socket.open.set()
    await socket._sending


async def test_a_message_under_way_can_be_given_up():
    socket = Slow()
    socket.open.clear()
    socket.tell("one")
    await asyncio.sleep(0)
    socket._sending.cancel()
    await asyncio.gather(socket._sending, return_exceptions=True)
    assert socket.got == [] and socket._sending is None
