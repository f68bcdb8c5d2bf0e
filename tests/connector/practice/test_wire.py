"""One answer on its way, without a server: the messages sent, and what happens when the client goes."""

import asyncio

import pytest

from connector.practice.wire import Gone, Wire


class Client:
    """The two ends an ASGI server gives to an application."""

    def __init__(self):
        self.left = asyncio.Event()
        self.got = []

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.got.append(message)


async def test_headers_go_out_before_the_first_piece_and_carry_the_label():
    client = Client()
    async with Wire(client.receive, client.send) as wire:
        await wire.start(200, "text/plain")
    start, body = client.got
    assert (b"x-practice", b"yes") in start["headers"]
    assert body == {"type": "http.response.body", "body": b"", "more_body": True}


async def test_a_whole_answer_tells_its_length():
    client = Client()
    async with Wire(client.receive, client.send) as wire:
        await wire.json(200, {"a": "é"})
    assert (b"content-length", b"10") in client.got[0]["headers"]
    assert b"".join(message["body"] for message in client.got[1:]) == '{"a":"é"}'.encode()
    assert client.got[-1]["more_body"] is False


@pytest.mark.parametrize("seconds", [None, 60])
async def test_a_pause_ends_at_once_when_the_client_goes(seconds):
    client = Client()
    async with Wire(client.receive, client.send) as wire:
        asyncio.get_running_loop().call_later(0.01, client.left.set)
        async with asyncio.timeout(1):
            with pytest.raises(Gone):
                await wire.pause(seconds)
        with pytest.raises(Gone):
            await wire.write(b"nobody hears it")
    assert client.got == []


async def test_nothing_is_left_running_afterwards():
    client = Client()
    async with Wire(client.receive, client.send) as wire:
        await wire.start(200, "text/plain")
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_where_the_server_breaks_off_by_itself_nothing_is_sent_for_it():
    client = Client()
    async with Wire(client.receive, client.send) as wire:
        wire.break_off()
    assert client.got == []
