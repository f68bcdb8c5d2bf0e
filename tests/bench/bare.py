"""The yardstick: the least that brings a vendor's tokens to a browser. One WebSocket message a token, and nothing else.

    python -m tests.bench.bare PORT http://127.0.0.1:9/v1

Per token it finds the events of a read, parses their JSON, takes one place in it and sends the text. It has no fields of
the author's choice, no state, no resuming, no limits: what a good engineer writes by hand for one page. `/` is that page.
"""

import sys

import aiohttp
import orjson
from aiohttp import web

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title>
<button id="go">Go</button><input id="other" aria-label="Other"><main></main>
<script>
const streams = Number(new URLSearchParams(location.search).get("streams") ?? 1)
let open = 0
for (let number = 0; number < streams; number++) {
  const text = document.createElement("p")
  document.querySelector("main").append(text)
  const socket = new WebSocket(`ws://${location.host}/ws`)
  socket.onopen = () => document.body.toggleAttribute("data-live", ++open === streams)
  socket.onmessage = (event) => text.append(event.data)
  document.querySelector("#go").addEventListener("click", () => socket.send("go"))
}
</script>"""


async def page(request: web.Request) -> web.Response:
    return web.Response(text=PAGE, content_type="text/html")


async def relay(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse(compress=False)
    await socket.prepare(request)
    async for _ in socket:
        async with request.app["session"].post(request.app["service"], json={"stream": True}) as answer:
            await _pass_on(answer, socket)
    return socket


async def _pass_on(answer: aiohttp.ClientResponse, socket: web.WebSocketResponse) -> None:
    rest = b""
    while data := await answer.content.readany():
        *events, rest = (rest + data).split(b"\n\n")
        for event in events:
            if event == b"data: [DONE]":
                return
            if token := orjson.loads(event[6:])["choices"][0]["delta"].get("content"):
                await socket.send_str(token)


async def session(app: web.Application):
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as app["session"]:
        yield


def main() -> None:
    port, service = sys.argv[1:]
    app = web.Application()
    app["service"] = f"{service}/chat/completions"
    app.cleanup_ctx.append(session)
    app.router.add_get("/", page)
    app.router.add_get("/ws", relay)
    web.run_app(app, host="127.0.0.1", port=int(port), print=lambda line: None, access_log=None)


if __name__ == "__main__":
    main()
