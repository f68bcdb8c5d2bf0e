"""A page's WebSockets to one place, with the test in the server's place: it opens them, speaks and closes.

sockets = FakeSockets(page, "/ws/debug/")     # before the page is loaded
sockets.wait_for(1)
sockets.open(0)
sockets.say(0, {"mark": "1"})
assert sockets.heard(0) == ["replay 1"]
sockets.close(0, 1006)
"""

from typing import Any

from playwright.sync_api import Page

_FAKE = """(() => {
  const [Real, place] = [WebSocket, %r];
  const fakes = (window.fakeSockets = []);
  window.WebSocket = new Proxy(Real, {
    construct(_, [url, ...rest]) {
      if (!String(url).includes(place)) return new Real(url, ...rest);
      const fake = { readyState: Real.CONNECTING, heard: [], send: (text) => fake.heard.push(text) };
      fake.close = () => (fake.readyState = Real.CLOSED);
      fakes.push(fake);
      return fake;
    },
  });
})()"""


class FakeSockets:
    """Each is addressed by its number, in the order in which the page made them. What is said has been handled when the
    method returns."""

    def __init__(self, page: Page, place: str):
        self.page = page
        page.add_init_script(_FAKE % place)

    def wait_for(self, many: int) -> None:
        self.page.wait_for_function("(many) => window.fakeSockets?.length === many", arg=many)

    def open(self, number: int) -> None:
        self._do(number, "socket.readyState = WebSocket.OPEN; socket.onopen?.(new Event('open'))")

    def say(self, number: int, message: dict[str, Any]) -> None:
        self._do(number, "socket.onmessage({data: JSON.stringify(given)})", message)

    def close(self, number: int, code: int) -> None:
        self._do(number, "socket.readyState = WebSocket.CLOSED; socket.onclose({code: given})", code)

    def heard(self, number: int) -> list[str]:
        return self._do(number, "return socket.heard")

    def _do(self, number: int, script: str, given: Any = None) -> Any:
        return self.page.evaluate(
            f"([number, given]) => {{ const socket = fakeSockets[number]; {script} }}", [number, given]
        )
