"""What Daphne writes to a WebSocket goes out at once and in order, also where the other side does not take it all; and a
request brings no more than it may."""

import socket
from types import SimpleNamespace

import pytest
from autobahn.twisted.websocket import WebSocketServerFactory, WebSocketServerProtocol
from daphne import http_protocol
from twisted.internet.tcp import Connection
from twisted.internet.testing import StringTransport

from builder.frames import UNREAD
from streamwright import bodies
from streamwright.wire import daphne as wire
from streamwright.wire.daphne import AtOnce, Bounded
from tests.server import StreamwrightServer


class Pipe(Connection):
    """A connection that takes so many bytes at a time; `written` is what went out, `waiting` what was left to the loop."""

    def __init__(self, takes):
        self.takes = takes
        self.connected, self.disconnecting = True, False
        self.dataBuffer, self._tempDataBuffer = b"", []
        self.offset = self._tempDataLen = 0
        self.written = b""

    def writeSomeData(self, data):
        if not isinstance(self.takes, int):
            return self.takes
        self.written += data[: self.takes]
        return min(self.takes, len(data))

    def write(self, data):
        self._tempDataBuffer.append(data)
        self._tempDataLen += len(data)

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


def test_P13_a_browser_that_floods_is_cut_off_before_it_fills_the_queue(frames, monkeypatch):
    flooded, queue = frames(Pipe(0)), []
    monkeypatch.setattr(wire, "AT_ONCE", 5)
    monkeypatch.setattr(wire, "A_SECOND", 0)
    flooded.muted, flooded.client_addr = False, "somewhere"
    flooded.application_queue = SimpleNamespace(put_nowait=queue.append)
    monkeypatch.setattr(flooded, "dropConnection", lambda abort: queue.append("cut"))
    for _ in range(5):
        flooded.onMessage(b'{"t": "ack", "n": 1}', False)
    assert [each["type"] for each in queue] == ["websocket.receive"] * 5
    flooded.onMessage(b"seen", False)
    assert queue[5:] == ["cut"]


def test_P12_a_browser_that_never_reads_what_it_acknowledges_is_cut_off(frames, monkeypatch):
    pipe, cut = Pipe(0), []
    never_reads = frames(pipe)
    monkeypatch.setattr(never_reads, "dropConnection", lambda abort: cut.append(abort))
    never_reads.sendData(b"a long text".ljust(10 * UNREAD))
    for _ in range(4):
        never_reads.sendData(b"x" * (UNREAD // 4))
    assert not cut, "the longest may be as long as it wants, and a window may wait besides"
    never_reads.sendData(b"x")
    never_reads.sendData(b"x")
    assert cut == [True] and len(pipe.waiting) == 11 * UNREAD + 1


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


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536, 10**6])
def test_a_text_is_one_frame_that_any_browser_reads(length):
    text = "ü" * (length // 2) + "x" * (length % 2)
    here, there = protocols()
    here.say(text)
    assert here.transport.value() == as_autobahn_says(there, text)


def test_nothing_is_said_to_a_socket_that_closes():
    here, _ = protocols()
    here.state = AtOnce.STATE_CLOSING
    here.say("one")
    assert here.transport.value() == b""


def protocols():
    """A socket as ours says things, and one as Autobahn does."""
    made = []
    for kind in (AtOnce, WebSocketServerProtocol):
        protocol = kind()
        protocol.factory = WebSocketServerFactory()
        protocol.factory.setProtocolOptions(openHandshakeTimeout=0)
        protocol.makeConnection(StringTransport())
        protocol.state = kind.STATE_OPEN
        made.append(protocol)
    return made


def as_autobahn_says(protocol, text):
    protocol.sendMessage(text.encode())
    return protocol.transport.value()


@pytest.mark.parametrize(
    ("path", "head", "body", "is_asked"),
    [
        ("/new-file/x", "Content-Length: 100", b"x" * 100, True),
        ("/new-file/x", "Content-Length: 101", b"", False),
        ("/new-file/x", "Content-Length: 101", b"x" * 101, False),
        ("/new-file/x", "Transfer-Encoding: chunked", b"64\r\n" + b"x" * 100 + b"\r\n0\r\n\r\n", True),
        ("/new-file/x", "Transfer-Encoding: chunked", b"3c\r\n" + b"x" * 60 + b"\r\n29\r\n" + b"x" * 41, False),
        ("/apps/new/", "Content-Length: 101", b"x" * 101, True),
        ("/apps/new/", "Content-Length: 5000000000", b"", False),
    ],
)
def test_P29_nobody_fills_the_disk_with_what_no_page_takes(monkeypatch, path, head, body, is_asked):
    """Daphne asks the application when it has all of a body, so it is too late to refuse it there."""
    monkeypatch.setattr(bodies, "LARGEST", 100)
    monkeypatch.setattr(http_protocol, "WebRequest", Bounded)
    asked = []
    server = SimpleNamespace(
        protocol_connected=lambda protocol: None,
        protocol_disconnected=lambda protocol: None,
        create_application=lambda protocol, scope: asked.append(scope["path"]),
        proxy_forwarded_address_header=None,
        root_path="",
    )
    factory, transport = http_protocol.HTTPFactory(server), StringTransport()
    factory.timeOut = None
    protocol = factory.buildProtocol(None)
    protocol.makeConnection(transport)
    protocol.dataReceived(f"PUT {path} HTTP/1.1\r\nHost: a\r\n{head}\r\n\r\n".encode() + body)
    assert asked == ([path] if is_asked else [])
    assert transport.value().startswith(b"HTTP/1.1 413 ") != is_asked
    assert transport.disconnecting != is_asked
    protocol.connectionLost(None)


@pytest.mark.parametrize("said", [True, False], ids=["said", "in pieces"])
def test_P29_a_served_process_takes_in_no_more_of_a_file_than_any_element_takes(server: StreamwrightServer, said):
    length = f"Content-Length: {bodies.LARGEST + 1}" if said else "Transfer-Encoding: chunked"
    piece, sent, answer = b"10000\r\n" + b"x" * 2**16 + b"\r\n", 0, b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(f"PUT /new-file/x HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{length}\r\n\r\n".encode())
        try:
            while not said and sent < 2 * bodies.LARGEST:
                line.sendall(piece)
                sent += 2**16
            answer = line.recv(4096)
        except OSError:  # It hung up while more was on its way.
            pass
    assert sent < 2 * bodies.LARGEST
    assert answer.startswith(b"HTTP/1.1 413 ") or not said
