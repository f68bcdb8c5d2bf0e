"""What somebody does before the page's scripts are there."""

import re
import uuid

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import make_app
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser


def test_what_is_typed_and_left_before_the_scripts_have_come_is_saved(page: Page, server: StreamwrightServer) -> None:
    app = make_app(page, server, f"early-{uuid.uuid4().hex[:8]}", "Early", "demo")
    page.goto(f"{app}/workflows/?workflow=wf_send01")
    on_their_way: list[Route] = []
    page.route(re.compile(r"/htmx[^/]*\.js"), lambda route: on_their_way.append(route))
    page.reload(wait_until="commit")
    name = page.get_by_label("Name of the workflow")
    name.fill("Send is pressed")
    name.press("Tab")
    with page.expect_response(lambda response: response.request.method == "POST"):
        for each in on_their_way:
            each.continue_()
    page.unroute_all()
    page.reload()
    expect(name).to_have_value("Send is pressed")
