"""What Daphne writes to a WebSocket goes out at once and in order, also where the other side does not take it all."""

import pytest
from autobahn.twisted.websocket import WebSocketServerFactory
from twisted.internet.tcp import Connection
from twisted.internet.testing import StringTransport

from streamwright.wire import AtOnce


class Pipe(Connection):
    """A connection that takes so many bytes at a time; `written` is what went out, `waiting` what was left to the loop."""

    def __init__(self, takes):
        self.takes = takes
        self.connected, self.disconnecting = True, False
        self.dataBuffer, self._tempDataBuffer = b"", []
        self.written = b""

    def writeSomeData(self, data):
        if not isinstance(self.takes, int):
            return self.takes
        self.written += data[: self.takes]
        return min(self.takes, len(data))

    def write(self, data):
        self._tempDataBuffer.append(data)

    @property
    def waiting(self):
        return b"".join(self._tempDataBuffer)


@pytest.fixture
def frames():
    def make(pipe):
        frames = AtOnce()
        frames.transport, frames.send_queue = pipe, []
        return frames

    return make


@pytest.mark.parametrize(
    ("takes", "written", "waiting"), [(100, b"onetwo", b""), (2, b"on", b"etwo"), (0, b"", b"onetwo")]
)
def test_a_frame_goes_out_at_once_and_what_is_not_taken_keeps_its_place(frames, takes, written, waiting):
    pipe = Pipe(takes)
    for frame in (b"one", b"two"):
        frames(pipe).sendData(frame)
    assert (pipe.written, pipe.waiting) == (written, waiting)


def test_an_error_is_left_to_the_transport(frames):
    pipe = Pipe(ConnectionResetError())
    frames(pipe).sendData(b"one")
    assert (pipe.written, pipe.waiting) == (b"", b"one")


@pytest.mark.parametrize("state", [{"connected": False}, {"disconnecting": True}, {"dataBuffer": b"zero"}])
def test_nothing_overtakes_and_nothing_is_written_to_what_ends(frames, state):
    pipe = Pipe(100)
    vars(pipe).update(state)
    frames(pipe).sendData(b"one")
    assert (pipe.written, pipe.waiting) == (b"", b"one")


def test_P12_a_message_to_a_browser_may_be_longer_than_one_of_a_browser():
    """A text of ten million characters may come as one difference."""
    factory = WebSocketServerFactory()
    factory.setProtocolOptions(maxMessagePayloadSize=10, openHandshakeTimeout=0)
    protocol, transport = AtOnce(), StringTransport()
    protocol.factory = factory
    protocol.makeConnection(transport)
    protocol.state = AtOnce.STATE_OPEN
    protocol.sendMessage(b"x" * 1000)
    assert transport.value().endswith(b"x" * 1000)
    assert protocol.maxMessagePayloadSize == 10
