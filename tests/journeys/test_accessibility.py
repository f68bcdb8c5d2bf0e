"""Every screen of the editor, light and dark, wide and narrow, has nothing that axe objects to (WCAG 2.2 AA)."""

import pytest
from axe_playwright_python.sync_playwright import Axe

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
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(open_browser, signed_in_state, server, screen, theme):
    # axe writes inline styles of its own while it measures.
    page = open_browser(storage_state=signed_in_state, bypass_csp=True)
    page.goto(server.url + SCREENS[screen])
    page.wait_for_load_state("networkidle")
    assert objections(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("size", ["narrow"])
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_wider_than_a_phone(page, server, screen, size):
    page.goto(server.url + SCREENS[screen])
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
