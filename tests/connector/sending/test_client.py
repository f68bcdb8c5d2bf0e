"""The door to the outside over real sockets: S11, S12, P8, P10, P11, P24."""

import asyncio
import gzip
import logging
import socket
import ssl
import time
import zlib

import pytest

from connector.asking.address import read
from connector.auth.bearer import Bearer
from connector.errors import (
    BrokenOff,
    ClosedUnanswered,
    ConnectionRefused,
    LimitCrossed,
    NameUnknown,
    NotDecodable,
    NotHttp,
    NotSecure,
)
from connector.sending import client, tls
from connector.sending.auth_errors import SecretMissing
from connector.sending.guard import Guard
from connector.spending.limits import Limits
from tests.connector.loopback import CHUNKED, answer, chunk, service


async def collected(here, limits=None, request=None):
    """What came, and the error it ended with."""
    pieces = []
    try:
        async with client.send(request or here.request(), limits or Limits(), here.guard) as response:
            async for _, data in response.chunks():
                pieces.append(data)
    except Exception as error:
        return b"".join(pieces), error
    return b"".join(pieces), None


async def test_an_answer_comes_piece_by_piece_with_its_times():
    async def slowly(reader, writer):
        writer.write(CHUNKED)
        for piece in (b"data: 1\n\n", b"data: 2\n\n"):
            writer.write(chunk(piece))
            await asyncio.sleep(0.1)
        writer.write(chunk(b""))

    async with service(slowly) as here, client.send(here.request(), Limits(), here.guard) as response:
        assert (response.status, response.reason, response.content_type) == (200, "OK", "text/event-stream")
        reads = [read async for read in response.chunks()]
    assert [data for _, data in reads] == [b"data: 1\n\n", b"data: 2\n\n"]
    assert reads[0][0] >= 0 and 0.09 < reads[1][0] - reads[0][0] < 0.3


async def test_the_request_on_the_wire_is_the_one_that_was_built():
    async with service(answer("Content-Length: 0")) as here:
        headers = [("X-Thing", "é".encode()), ("Accept", b"*/*")]
        request = here.request(
            path="/a%2Fb/%252e?q=a%26b&x=%22", headers=headers, body=b'{"a":1}', auth=Bearer({"token": "tok"})
        )
        assert await collected(here, request=request) == (b"", None)
        lines = here.heads[0].split(b"\r\n")
    assert lines[0] == b"POST /a%2Fb/%252e?q=a%26b&x=%22 HTTP/1.1"
    assert lines[-1] == b'{"a":1}'
    assert sorted(line.split(b":")[0].lower() for line in lines[1:-2]) == [
        b"accept", b"authorization", b"content-length", b"host", b"user-agent", b"x-thing",
    ]  # fmt: skip
    assert b"Authorization: Bearer tok" in lines or b"authorization: Bearer tok" in lines


async def test_no_cookie_goes_from_one_call_to_the_next():
    async with service(answer("Content-Length: 0", "Set-Cookie: who=ada; Path=/")) as here:
        for _ in range(2):
            await collected(here)
        assert all(b"cookie" not in head.lower() for head in here.heads)


# Limits (S12, P8)


async def hold(reader, writer):
    await reader.read()


async def head_then_hold(reader, writer):
    writer.write(CHUNKED)
    await reader.read()


async def one_then_hold(reader, writer):
    writer.write(CHUNKED + chunk(b"data: 1\n\n"))
    await reader.read()


async def for_ever(reader, writer):
    writer.write(CHUNKED)
    while not writer.is_closing():
        writer.write(chunk(b": ping\n\n"))
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("script", "limits", "limit", "came"),
    [
        (hold, Limits(first_byte=0.5), "first_byte", b""),
        (head_then_hold, Limits(first_byte=0.5), "first_byte", b""),
        (one_then_hold, Limits(silence=0.5), "silence", b"data: 1\n\n"),
        (one_then_hold, Limits(first_byte=5, silence=0.5), "silence", b"data: 1\n\n"),
        (for_ever, Limits(total=0.5, silence=0.3), "total", b": ping\n\n"),
        (hold, Limits(total=0.5), "total", b""),
    ],
)
async def test_p8_a_limit_in_time_ends_the_call_on_time_and_names_itself(script, limits, limit, came):
    async with service(script) as here:
        started = time.monotonic()
        text, error = await collected(here, limits)
        seconds = time.monotonic() - started
    assert isinstance(error, LimitCrossed) and error.limit == limit and "0.5 s" in str(error)
    assert text.startswith(came)
    assert 0.5 <= seconds <= 0.5 * 1.1 + 0.5
    assert not asyncio.current_task().cancelling()


async def test_p8_connecting_has_its_own_limit():
    def lookup(host, port, **how):
        time.sleep(0.8)
        return []

    request_of = service(b"")
    async with request_of as here:
        request = here.request()
        request.address = read("http://slow.example/")
        started = time.monotonic()
        with pytest.raises(LimitCrossed, match=r"No connection to Acme within 0\.3 s"):
            async with client.send(request, Limits(connect=0.3), Guard(lookup=lookup)):
                pass
        assert time.monotonic() - started < 0.3 * 1.1 + 0.5


async def test_a_slow_reader_is_no_silence():
    async def burst(reader, writer):
        writer.write(CHUNKED + chunk(b"a"))
        await asyncio.sleep(0.25)
        writer.write(chunk(b"b") + chunk(b""))

    async with service(burst) as here, client.send(here.request(), Limits(silence=0.4), here.guard) as response:
        found = b""
        async for _, data in response.chunks():
            found += data
            await asyncio.sleep(0.6)
    assert found == b"ab"


async def test_p8_what_came_while_the_process_stood_still_is_no_silence():
    """A container that is paused, a machine that sleeps: its monotonic clock may go on, and so does the service."""

    async def tells(reader, writer):
        writer.write(CHUNKED + chunk(b"a"))
        await asyncio.sleep(0.2)
        writer.write(chunk(b"b"))
        time.sleep(2)  # noqa: ASYNC251
        await asyncio.sleep(0.2)
        writer.write(chunk(b"c") + chunk(b""))

    async with service(tells) as here:
        assert await collected(here, Limits(silence=0.5)) == (b"abc", None)


async def test_a_cancel_from_outside_stays_a_cancel():
    async with service(hold) as here:
        task = asyncio.create_task(collected(here, Limits(first_byte=0.2)))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_p11_an_answer_over_the_limit_ends_there():
    async with service(answer("Content-Length: 3000", body=b"x" * 3000)) as here:
        text, error = await collected(here, Limits(size=1000))
    assert isinstance(error, LimitCrossed) and error.limit == "size" and len(text) <= 1000


async def test_p11_a_bomb_of_gzip_is_cut_at_the_limit():
    bomb = gzip.compress(b"\0" * 20_000_000)
    async with service(answer("Content-Encoding: gzip", f"Content-Length: {len(bomb)}", body=bomb)) as here:
        text, error = await collected(here, Limits(size=5_000_000))
    assert error.limit == "size" and 4_900_000 < len(text) <= 5_000_000


@pytest.mark.parametrize("size", [60_000, 70_000])
async def test_p11_headers_over_64_kb_are_refused(size):
    async with service(answer(f"X-Long: {'x' * size}", "Content-Length: 2", body=b"hi")) as here:
        text, error = await collected(here)
    assert (text, error) == (b"hi", None) if size < 65_536 else isinstance(error, NotHttp)


# Stop (P10)


@pytest.mark.parametrize(
    "script", [hold, head_then_hold, one_then_hold], ids=["before the head", "before a byte", "midway"]
)
async def test_p10_stop_reaches_the_service_at_once(script):
    async def noticing(reader, writer):
        try:
            await script(reader, writer)
        finally:
            here.left_at = time.monotonic()
            here.left.set()

    async with service(noticing) as here:
        task = asyncio.create_task(collected(here))
        await asyncio.sleep(0.2)
        stopped = time.monotonic()
        task.cancel()
        await asyncio.wait_for(here.left.wait(), 5)
        assert here.left_at - stopped <= 5 * 0.2
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_p10_leaving_the_block_early_closes_too():
    async def noticing(reader, writer):
        await one_then_hold(reader, writer)
        here.left.set()

    async with service(noticing) as here:
        async with client.send(here.request(), Limits(), here.guard) as response:
            async for _ in response.chunks():
                break
        await asyncio.wait_for(here.left.wait(), 5 * 0.2)


# Ends


@pytest.mark.parametrize("size", [3, 300_000])
@pytest.mark.parametrize(
    ("head", "frame"),
    [(CHUNKED, chunk), (answer("Content-Length: 9000000"), bytes)],
    ids=["chunked", "with a length"],
)
async def test_an_answer_cut_off_midway_is_broken_off_and_keeps_all_that_came(head, frame, size):
    sent = b"x" * size
    async with service(head + frame(sent)) as here:
        text, error = await collected(here)
    assert isinstance(error, BrokenOff) and text == sent


async def test_a_chunk_cut_in_half_keeps_its_half():
    async with service(CHUNKED + chunk(b"data: 1\n\n") + b"9\r\nda") as here:
        text, error = await collected(here)
    assert isinstance(error, BrokenOff) and text == b"data: 1\n\nda"


async def test_a_reset_is_no_clean_end_even_without_a_length():
    async def reset(reader, writer):
        writer.write(answer("Content-Type: text/plain") + b"some")
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        writer.transport.abort()

    async with service(reset) as here:
        text, error = await collected(here)
    assert isinstance(error, BrokenOff) and text == b"some"


async def test_a_body_without_length_ends_with_its_connection():
    async with service(answer("Content-Type: text/plain") + b"all") as here:
        assert await collected(here) == (b"all", None)


async def test_nobody_there():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        async with service(b"") as here:
            here.port = taken.getsockname()[1]
            _, error = await collected(here)
    assert isinstance(error, ConnectionRefused) and str(error) == "Acme refused the connection."


async def test_a_name_without_address():
    def lookup(host, port, **how):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async with service(b"") as here:
        request = here.request()
        request.address = read("https://nowhere.example/")
        with pytest.raises(NameUnknown, match=r"no host named nowhere\.example"):
            async with client.send(request, Limits(), Guard(lookup=lookup)):
                pass


async def test_no_tls_where_tls_was_asked_for():
    async def ssh(reader, writer):
        writer.write(b"SSH-2.0-OpenSSH\r\n")

    async with service(ssh, greets=True) as here:
        _, error = await collected(here, request=over_tls(here))
    assert isinstance(error, NotSecure)


async def test_something_that_is_not_http():
    async with service(b"SSH-2.0-OpenSSH_9.2\r\n\r\n") as here:
        _, error = await collected(here)
    assert isinstance(error, NotHttp)


@pytest.mark.parametrize(
    ("method", "times"), [("POST", 1), ("PUT", 1), ("DELETE", 1), ("PATCH", 1), ("GET", 2), ("HEAD", 2)]
)
async def test_s11_nothing_that_may_cost_money_is_sent_twice(method, times):
    async with service(b"") as here:
        _, error = await collected(here, request=here.request(method, body=None))
        assert isinstance(error, ClosedUnanswered)
        assert here.connections == times


async def test_s11_a_connection_that_the_service_has_closed_is_not_used_again():
    """Of 200 pages that were refused at once (429) and asked again, some wrote into a connection that was closed."""
    writers = []

    async def keeps(reader, writer):
        writers.append(writer)
        writer.write(answer("Content-Length: 2", body=b"ok"))
        await reader.read()

    async with service(keeps) as here:
        assert await collected(here) == (b"ok", None)
        # From here until the call is sent the loop does not look at the socket, as when it is busy.
        writers[0].get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        assert await collected(here) == (b"ok", None)
        assert here.connections == 2


async def test_a_connection_is_used_again():
    async def twice(reader, writer):
        for _ in range(2):
            writer.write(answer("Content-Length: 2", body=b"hi"))
            await reader.readuntil(b"{}")

    async with service(twice) as here:
        assert await collected(here) == (b"hi", None)
        assert await collected(here) == (b"hi", None)
        assert here.connections == 1


# Compressed, though nobody asked


@pytest.mark.parametrize(
    ("encoding", "squeeze"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda data: gzip.compress(data[:5]) + gzip.compress(data[5:])),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
    ],
)
async def test_a_compressed_answer_is_read_all_the_same(encoding, squeeze):
    squeezed = squeeze(b"data: hello\n\n")
    async with service(
        answer(f"Content-Encoding: {encoding}", f"Content-Length: {len(squeezed)}", body=squeezed)
    ) as here:
        assert await collected(here) == (b"data: hello\n\n", None)


async def test_a_flushed_piece_of_gzip_is_there_at_once():
    packer = zlib.compressobj(wbits=31)

    async def flushing(reader, writer):
        writer.write(answer("Content-Encoding: gzip", "Transfer-Encoding: chunked"))
        writer.write(chunk(packer.compress(b"first") + packer.flush(zlib.Z_SYNC_FLUSH)))
        await reader.read()

    async with service(flushing) as here, client.send(here.request(), Limits(), here.guard) as response:
        assert (await anext(response.chunks()))[1] == b"first"


@pytest.mark.parametrize(
    ("encoding", "squeezed", "kind"),
    [
        ("zstd", b"x", NotDecodable),
        ("gzip", b"no gzip", NotDecodable),
        ("gzip", gzip.compress(b"whole", mtime=0)[:-9], BrokenOff),
    ],
)
async def test_what_cannot_be_decoded_is_said(encoding, squeezed, kind):
    async with service(
        answer(f"Content-Encoding: {encoding}", f"Content-Length: {len(squeezed)}", body=squeezed)
    ) as here:
        _, error = await collected(here)
    assert isinstance(error, kind)


# Secrets (P24, P32)

KEY = "sk-live-0123456789abcdefghij"


@pytest.mark.parametrize("bytes_of_answer", [b"", b"junk\r\n\r\n", CHUNKED + b"zz"])
async def test_p24_no_error_and_no_log_holds_a_header_or_a_query(bytes_of_answer, caplog):
    caplog.set_level(logging.DEBUG)
    async with service(bytes_of_answer) as here:
        request = here.request(path=f"/?key={KEY}", headers=[("X-Key", KEY.encode())], auth=Bearer({"token": KEY}))
        _, error = await collected(here, request=request)
    assert error is not None
    assert KEY not in f"{error!r} {error} {error.as_json()} {error.__cause__!r} {request!r}"
    assert error.__suppress_context__
    assert KEY not in caplog.text


async def test_a_key_with_a_line_break_is_refused_without_being_shown():
    async with service(b"") as here:
        _, error = await collected(here, request=here.request(auth=Bearer({"token": f"{KEY}\nX: 1"})))
        assert here.connections == 0
    assert "Authorization" in str(error) and KEY not in f"{error} {error.as_json()}"
    with pytest.raises(SecretMissing):
        Bearer().using({}, {})


# TLS


def over_tls(here):
    request = here.request()
    request.address = read(f"https://127.0.0.1:{here.port}/")
    return request


async def test_a_certificate_that_nobody_vouches_for_is_refused(certificate):
    async with service(answer("Content-Length: 0"), tls=certificate) as here:
        _, error = await collected(here, request=over_tls(here))
    assert isinstance(error, NotSecure) and "certificate" in error.why and here.heads == []


async def test_p10_over_tls_stop_reaches_a_service_that_is_busy_sending(certificate, monkeypatch):
    """It never answers our goodbye, and we do not wait for it."""

    async def busy(reader, writer):
        writer.write(CHUNKED)
        try:
            while True:
                writer.write(chunk(b"data: 1\n\n" * 1000))
                await writer.drain()
                await asyncio.sleep(0.001)
        except ConnectionError:
            here.left_at = time.monotonic()
            here.left.set()
            raise

    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(tls, "context", lambda certificate=None: trusting)
    async with service(busy, tls=certificate) as here:
        task = asyncio.create_task(collected(here, request=over_tls(here)))
        await asyncio.sleep(0.4)
        stopped = time.monotonic()
        task.cancel()
        await asyncio.wait_for(here.left.wait(), 5)
        assert here.left_at - stopped <= 5 * 0.2
        with pytest.raises(asyncio.CancelledError):
            await task
