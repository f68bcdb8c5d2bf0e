"""A client's certificate proves who calls (S4), and its key is nowhere but in memory (P24)."""

import asyncio
import datetime
import socket
import ssl
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import certifi
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from connector.asking.address import read
from connector.auth import auth
from connector.sending import client, connections, tls
from connector.sending.auth_errors import CertificateRefused, CertificateUnreadable, OptionWrong
from connector.spending.limits import Limits
from tests.connector.authority import DAY, Authority
from tests.connector.loopback import Service, answer, service

SCHEME = auth["client_certificate"]


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def robot(authority):
    return authority.vouch("Acme robot")


@pytest.fixture(autouse=True)
def trusted(authority, tmp_path, monkeypatch):
    """What the tests' authority vouches for is trusted, as if it were one of the web's."""
    (tmp_path / "authority.pem").write_text(authority.pem)
    monkeypatch.setattr(certifi, "where", lambda: str(tmp_path / "authority.pem"))
    tls.context.cache_clear()
    yield
    tls.context.cache_clear()


def demanding(authority, tmp_path, version=ssl.TLSVersion.TLSv1_3, wants=ssl.CERT_REQUIRED):
    """The TLS of a service that wants to see a certificate of this authority."""
    certificate, key = authority.vouch("127.0.0.1")
    (tmp_path / "service.pem").write_text(certificate + key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "service.pem")
    context.load_verify_locations(cadata=authority.pem)
    context.verify_mode = wants
    context.minimum_version = context.maximum_version = version
    return context


def secrets(pair, **more):
    return {"certificate": pair[0], "private_key": pair[1]} | more


class Seeing:
    """A service that notes whose certificate each connection showed."""

    def __init__(self):
        self.seen = []

    async def answer(self, reader, writer):
        shown = writer.get_extra_info("ssl_object").getpeercert()
        self.seen.append(dict(pair[0] for pair in shown["subject"])["commonName"] if shown else None)
        writer.write(answer("Content-Length: 2", body=b"ok"))
        await writer.drain()


async def called(here, scheme):
    request = here.request(auth=scheme)
    request.address = read(f"https://127.0.0.1:{here.port}/")
    async with client.send(request, Limits(), here.guard) as response:
        return await response.read()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_the_certificate_is_shown_to_the_service(authority, robot, tmp_path, version):
    seeing = Seeing()
    async with service(seeing.answer, tls=demanding(authority, tmp_path, version)) as here:
        assert await called(here, SCHEME.using(secrets(robot), {})) == b"ok"
    assert seeing.seen == ["Acme robot"]


async def test_a_locked_key_is_opened_by_its_passphrase_and_an_rsa_key_does_too(authority, tmp_path):
    seeing = Seeing()
    locked = authority.vouch("Locked", passphrase="open sesame")
    large = authority.vouch("Large", key=rsa.generate_private_key(public_exponent=65537, key_size=2048))
    async with service(seeing.answer, tls=demanding(authority, tmp_path)) as here:
        await called(here, SCHEME.using(secrets(locked, passphrase="open sesame"), {}))
        await called(here, SCHEME.using(secrets(large), {}))
    assert seeing.seen == ["Locked", "Large"]


async def test_p24_a_connection_under_a_certificate_is_nobody_elses(authority, robot, tmp_path):
    """Connections are kept alive: each certificate has its own, and calls without one have theirs."""
    kept = Seeing()

    async def alive(reader, writer):
        while True:
            await kept.answer(reader, writer)
            await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(2)

    other = SCHEME.using(secrets(authority.vouch("Other")), {})
    own = SCHEME.using(secrets(robot), {})
    async with service(alive, tls=demanding(authority, tmp_path, wants=ssl.CERT_OPTIONAL)) as here:
        for scheme in (own, own, auth["none"], other, own, auth["none"]):
            await called(here, scheme)
        assert kept.seen == ["Acme robot", "Acme robot", None, "Other", "Acme robot", None]
        assert here.connections == 3


@contextmanager
def refusing(context):
    """A service that ends the handshake in words, as most do; asyncio's cuts the connection off."""

    def serve():
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                connection.settimeout(5)
                refuse(context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield Service(port=listener.getsockname()[1])
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def refuse(shown):
    """Shake hands, and leave only once what the client sent is read: a reset would overtake the words."""
    with suppress(OSError):
        shown.do_handshake()
    with suppress(OSError), socket.socket(fileno=shown.detach()) as connection:
        connection.settimeout(5)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(10_000):
            pass


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_a_service_that_wants_another_certificate_is_heard(authority, tmp_path, version):
    stranger = Authority("Stranger").vouch("Stranger")
    with refusing(demanding(authority, tmp_path, version)) as here:
        with pytest.raises(CertificateRefused, match="Acme did not accept the client certificate") as caught:
            await called(here, SCHEME.using(secrets(stranger), {}))
        assert caught.value.why == "It ended the TLS handshake: it does not know who vouches for it."
        assert "Open authentication" in caught.value.todo
        assert stranger[1][30:60] not in f"{caught.value.as_json()} {caught.value.__cause__!r}"
        with pytest.raises(CertificateRefused, match="Acme wants a client certificate"):
            await called(here, auth["none"])


def test_a_certificate_is_shown_over_https_only():
    with pytest.raises(OptionWrong) as caught:
        SCHEME.goes_to("http://api.acme.example:80", {})
    assert "https only" in caught.value.why
    assert SCHEME.goes_to("https://api.acme.example:443", {}) == "https://api.acme.example:443"


async def test_no_more_certificates_have_connections_than_there_is_room_for(authority, robot, tmp_path, monkeypatch):
    monkeypatch.setattr(connections, "_CERTIFICATES", 2)
    seeing = Seeing()
    async with service(seeing.answer, tls=demanding(authority, tmp_path)) as here:
        for name in ("a", "b", "c", "d"):
            await called(here, SCHEME.using(secrets(authority.vouch(name)), {}))
        kept = connections._transports[asyncio.get_running_loop()]
        assert len([key for key in kept if key[1]]) == 2
    assert seeing.seen == ["a", "b", "c", "d"]


async def test_room_is_made_by_several_calls_at_once(authority, robot, tmp_path, monkeypatch):
    monkeypatch.setattr(connections, "_CERTIFICATES", 1)
    closing = connections.Transport.aclose

    async def slowly(self):
        await asyncio.sleep(0.05)
        await closing(self)

    monkeypatch.setattr(connections.Transport, "aclose", slowly)
    async with service(Seeing().answer, tls=demanding(authority, tmp_path)) as here:
        robots = [SCHEME.using(secrets(authority.vouch(name)), {}) for name in "abcdef"]
        assert len(await asyncio.gather(*(called(here, each) for each in robots))) == 6


async def test_who_is_still_reading_keeps_the_connection(authority, robot, tmp_path, monkeypatch):
    monkeypatch.setattr(connections, "_CERTIFICATES", 1)

    async def slow(reader, writer):
        writer.write(answer("Content-Length: 4", body=b"ab"))
        await writer.drain()
        await asyncio.sleep(0.3)
        writer.write(b"cd")
        await writer.drain()

    async with service(slow, tls=demanding(authority, tmp_path)) as here:
        first = asyncio.create_task(called(here, SCHEME.using(secrets(robot), {})))
        await asyncio.sleep(0.15)
        assert await called(here, SCHEME.using(secrets(authority.vouch("Other")), {})) == b"abcd"
        assert await first == b"abcd"


# What cannot be used


def test_p24_on_the_disk_the_key_is_locked_and_gone_at_once(robot, monkeypatch):
    seen = []
    load = ssl.SSLContext.load_cert_chain

    def looking(self, place, **more):
        seen.append((Path(place), Path(place).read_text(), Path(place).parent.stat().st_mode & 0o777))
        return load(self, place, **more)

    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", looking)
    tls.context(tls.Certificate(*robot))
    ((place, written, mode),) = seen
    assert not place.exists() and mode == 0o700 and place.is_relative_to(tempfile.gettempdir())
    assert "ENCRYPTED PRIVATE KEY" in written and robot[1].splitlines()[1] not in written


def test_what_is_wrong_is_said_for_its_field_and_holds_nothing_of_it(authority, robot):
    certificate, key = robot
    locked = authority.vouch("Locked", passphrase="open sesame")
    signing = authority.vouch("Signing", key=ed25519.Ed25519PrivateKey.generate())
    wrong = {
        ("rubbish-0123456789", key, ""): ("certificate", "no certificate in PEM"),
        (certificate[:80] + "x" + certificate[80:], key, ""): ("certificate", "no certificate in PEM"),
        (key, key, ""): ("certificate", "holds a private key"),
        (certificate, "rubbish-0123456789", ""): ("private_key", "no private key in PEM"),
        (certificate, certificate, ""): ("private_key", "no private key in PEM"),
        (certificate, authority.vouch("Other")[1], ""): ("private_key", "belongs to another certificate"),
        (*locked, ""): ("passphrase", "locked by a passphrase"),
        (*locked, "open barley"): ("passphrase", "does not open the private key"),
        (*signing, ""): ("private_key", "not one that TLS shows"),
    }
    for (chain, private, passphrase), (field, words) in wrong.items():
        with pytest.raises(CertificateUnreadable, match=words) as caught:
            tls.context(tls.Certificate(chain, private, passphrase))
        assert caught.value.data["field"] == field
        shown = f"{caught.value.as_json()} {caught.value.__cause__!r}"
        assert private.splitlines()[-1] not in shown and private[:18].strip("-") not in shown
        found = SCHEME.complaints({"certificate": chain, "private_key": private, "passphrase": passphrase}, {})
        assert words in found[field]


def test_a_certificate_that_is_over_is_not_kept(authority, robot):
    over = authority.vouch("Over", good_for=-DAY)
    assert "It was good until" in SCHEME.complaints(secrets(over), {})["certificate"]
    assert SCHEME.complaints(secrets(robot), {}) == {}


def test_s4_of_a_certificate_its_owner_and_end_are_shown_and_of_its_key_nothing(robot):
    until = datetime.datetime.now(datetime.UTC) + DAY
    assert SCHEME.hints(secrets(robot, passphrase="x" * 30)) == {"certificate": f"Acme robot, until {until:%-d %B %Y}"}


def test_nothing_shows_the_key(robot):
    certificate = tls.Certificate(*robot, "open sesame")
    assert repr(certificate) == "Certificate()"
