"""What journeys share."""

import re
import uuid

import pytest
from playwright.sync_api import Page

from tests.browser import ready
from tests.journeys.design_tab import new_app
from tests.journeys.fixed_group import open_fixed
from tests.server import StreamwrightServer


@pytest.fixture
def slug(request: pytest.FixtureRequest) -> str:
    """The address of an app of this test's own: no other test of the same server has it, whatever that test is called."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[-36:].strip("-")
    return f"{name}-{uuid.uuid4().hex[:6]}"


@pytest.fixture
def empty(page: Page, server: StreamwrightServer) -> Page:
    """An app of its own with one empty page, open in the Design tab."""
    page.goto(f"{server.url}/apps/{new_app(page, server, 'blank')}/design/")
    return ready(page)


@pytest.fixture
def chat(page: Page, server: StreamwrightServer) -> Page:
    """The demo's chat page in an app of its own."""
    page.goto(f"{server.url}/apps/{new_app(page, server, 'demo')}/design/pg_chat01/")
    return ready(page)


@pytest.fixture
def fixed(page: Page, server: StreamwrightServer) -> Page:
    """A page with a fixed group and below it a column, at 100 %: a px of the screen is one of the page."""
    return open_fixed(page, server)
