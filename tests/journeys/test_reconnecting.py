"""Sockets of the editor that lose their server come back like those of pages: less and less often, and not all at once."""

import pytest
from playwright.sync_api import Page, WebSocketRoute

from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser
# What a server does with a socket while it stops.
RESTARTING = 4012


@pytest.mark.parametrize(
    ("tab", "socket"), [("design/pg_chat01/", "**/ws/editor/**"), ("data/dt_messag/", "**/ws/data/**")]
)
def test_P17_the_editor_asks_less_and_less_often_for_a_server_that_is_away(
    page: Page, server: StreamwrightServer, tab: str, socket: str
) -> None:
    asked: list[str] = []
    page.clock.install()

    def refuse(route: WebSocketRoute) -> None:
        asked.append(route.url)
        route.close(code=RESTARTING)

    page.route_web_socket(socket, refuse)
    page.goto(f"{server.url}/apps/demo/{tab}")
    for _ in range(30):  # Seconds. In each the socket has to be refused before the next wait can begin.
        page.clock.run_for(1000)
    assert 4 <= len(asked) <= 9
