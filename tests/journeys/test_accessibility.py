"""Every screen of the editor, light and dark, wide and narrow, has nothing that axe objects to (WCAG 2.2 AA)."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import ready

SCREENS = {
    "apps": "/",
    "new app": "/apps/new/",
    "design": "/apps/demo/design/pg_chat01/?node=el_reply1",
    "workflows": "/apps/demo/workflows/?workflow=wf_send01&step=sp_ask001",
    "data": "/apps/demo/data/",
    "connector": "/apps/demo/connector/ai_pract1/ca_ask001/",
    "budgets": "/apps/demo/settings/budgets/",
    "people": "/apps/demo/settings/people/",
    "styles": "/apps/demo/styles/",
    "logs": "/apps/demo/logs/",
    "chat page": "/preview/demo/pg_chat01/",
    "ticker page": "/preview/demo/pg_ticker/",
}
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # The page in the canvas is looked at as a screen of its own; nobody may look into a sandbox.
    "iframes": False,
}


def objections(page) -> list[str]:
    """What axe says, a line each: the rule, and the first place it is broken at."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {each['help']} at {each['nodes'][0]['target']} ({len(each['nodes'])})" for each in found]


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing(open_browser, signed_in_state, server, theme):
    # axe writes inline styles of its own while it measures.
    page = open_browser(storage_state=signed_in_state, bypass_csp=True)
    found = {}
    for screen, address in SCREENS.items():
        page.goto(server.url + address)
        found[screen] = objections(ready(page))
    assert found == {screen: [] for screen in SCREENS}


@pytest.mark.browser
@pytest.mark.parametrize("size", ["narrow"])
def test_nothing_is_wider_than_a_phone(page, server, size):
    widths = {}
    for screen, address in SCREENS.items():
        page.goto(server.url + address)
        widths[screen] = ready(page).evaluate("document.documentElement.scrollWidth")
    assert {screen: width for screen, width in widths.items() if width > 390} == {}
