"""P22: outgoing calls reach public addresses only, whatever the URL or the name server says."""

import asyncio
import socket

import pytest

from connector.asking.address import read
from connector.asking.errors import BadAddress
from connector.errors import NotAllowed, NotPublic, OwnServer, PortNotAllowed
from connector.sending import client
from connector.sending import guard as module
from connector.sending.guard import Guard, is_public
from connector.spending.limits import Limits
from tests.connector.loopback import answer, service

CLOSED = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.1.2.3",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.1.1",
    "192.175.48.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3ffe::1",
    "3fff::1",
    "2620:4f:8000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
    "2606:4700::5efe:7f00:1",
    "2606:4700::200:5efe:a00:1",
    "not-an-address",
    "1.2.3",
    "1.2.3.4.5",
]
OPEN = [
    "1.1.1.1",
    "8.8.8.8",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "100.63.0.1",
    "100.128.0.1",
    "168.63.129.17",
    "2606:4700::1111",
    "2a00:1450::1",
    "2001:4860::8888",
]


@pytest.fixture(autouse=True)
def nothing_is_this_machine(monkeypatch):
    monkeypatch.setattr(module, "_is_own", lambda address: False)


def names(*answers):
    """A name server that gives these answers in turn; an answer is a list of addresses."""
    turns = iter(answers)
    asked = []

    def lookup(host, port, **how):
        asked.append(host)
        found = next(turns)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [
            (socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found
        ]

    lookup.asked = asked
    return lookup


@pytest.mark.parametrize("address", CLOSED)
def test_p22_an_address_that_is_not_public_is_closed(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_a_public_address_is_open(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "127.1", "127.0.1", "0", "0x0", "127.0.0.1.",
     "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[fe80::1]", "169.254.169.254", "0xa9fea9fe",
     "2852039166", "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1", "127.0.0.01", "00000177.0.0.1", "168.63.129.16", "[64:ff9b::7f00:1]"],
)  # fmt: skip
async def test_p22_every_spelling_of_an_inner_address_is_refused_before_a_name_is_asked(host):
    lookup = names()
    with pytest.raises((NotAllowed, BadAddress)):
        Guard(lookup=lookup).check(read(f"http://{host}/"))
    assert lookup.asked == []


@pytest.mark.parametrize("host", ["0x08.8.8.8", "134744072", "8.8.2056"])
def test_an_odd_spelling_of_a_public_address_is_refused_too(host):
    with pytest.raises(NotAllowed):
        Guard().check(read(f"http://{host}/"))


@pytest.mark.parametrize("port", [22, 25, 81, 8000, 8080, 6379, 65535])
def test_p22_only_the_ports_of_the_web(port):
    with pytest.raises(PortNotAllowed, match=f"Port {port} of acme.example"):
        Guard().check(read(f"http://acme.example:{port}/"))


def test_the_operator_allows_a_host_with_its_port_and_nothing_else():
    guard = Guard(["127.0.0.1:11434", "models.internal:8080", "[::1]:9000"])
    for url in (
        "http://127.0.0.1:11434/",
        "http://models.internal:8080/",
        "http://MODELS.internal.:8080/",
        "http://[::1]:9000/",
    ):
        guard.check(read(url))
    for url in (
        "http://127.0.0.1:11435/",
        "http://models.internal:8081/",
        "http://[::1]:9001/",
        "http://127.0.0.2:11434/",
    ):
        with pytest.raises(NotAllowed):
            guard.check(read(url))


async def test_p22_one_inner_address_among_public_ones_refuses_the_name():
    for found in (["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8", "::1"], ["127.0.0.1"]):
        with pytest.raises(NotPublic, match=r"mixed\.example is not a public address"):
            await Guard(lookup=names(found)).resolve("mixed.example", 443)
    assert await Guard(lookup=names(["8.8.8.8", "1.1.1.1"])).resolve("mixed.example", 443) == ["8.8.8.8", "1.1.1.1"]


async def test_an_allowed_name_leads_to_its_own_addresses_only():
    guard = Guard(["models.internal:8080"], names(["10.0.0.5"]))
    address = read("http://models.internal:8080/")
    guard.check(address)
    assert await guard.resolve("models.internal", 8080) == ["10.0.0.5"]
    guard.socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", 8080))).close()
    for place in (("10.0.0.6", 8080), ("10.0.0.5", 8081), ("127.0.0.1", 8080)):
        with pytest.raises(NotAllowed):
            guard.socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", place))
    guard.check(address)
    with pytest.raises(NotAllowed):  # Forgotten with the next call.
        guard.socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", 8080)))


async def test_this_machines_own_public_address_is_refused(monkeypatch):
    monkeypatch.setattr(module, "_is_own", lambda address: address == "8.8.4.4")
    with pytest.raises(OwnServer):
        await Guard(lookup=names(["8.8.4.4"])).resolve("me.example", 443)


def test_a_machine_knows_its_own_addresses(monkeypatch):
    monkeypatch.undo()
    assert module._is_own("127.0.0.1")


async def test_p22_rebinding_reaches_nobody():
    """The name first leads outside, then inside: at no time is anything but a judged address connected to."""
    async with service(answer("Content-Length: 2", body=b"hi")) as inner:
        guard = Guard(lookup=names(["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"], ["0.0.0.0"]))
        for _ in range(4):
            request = inner.request()
            request.address = read("http://rebind.example/")
            with pytest.raises(NotPublic):
                async with client.send(request, Limits(connect=1), guard):
                    pass
        assert inner.connections == 0


async def test_p22_a_literal_that_slips_past_the_check_is_refused_where_the_socket_is_made():
    async with service(answer("Content-Length: 2", body=b"hi")) as inner:
        guard = Guard()
        guard.check = lambda address: None
        with pytest.raises(NotPublic):
            async with client.send(inner.request(), Limits(connect=1), guard):
                pass
        assert inner.connections == 0


async def test_p23_a_redirect_is_an_answer_and_not_followed():
    async with service(answer("Content-Length: 0")) as inner:
        head = (
            f"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:{inner.port}/\r\nContent-Length: 0\r\n\r\n"
        )
        async with service(head.encode()) as outer, client.send(outer.request(), Limits(), outer.guard) as response:
            assert response.status == 307
        await asyncio.sleep(0.05)
        assert inner.connections == 0
