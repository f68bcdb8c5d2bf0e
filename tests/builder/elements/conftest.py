"""A built page in a real browser without a server: its HTML, styles and modules come from the disk, and nothing else comes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from csp.utils import build_policy
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from streamwright.modules import import_map, names

ORIGIN = "http://app.test"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
SHELL = """<!doctype html><html lang="en" data-theme="light"><head><meta charset="utf-8"><title>Stage</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{styles}
<script type="importmap" nonce="stage">{importmap}</script>{modules}</head><body>{html}</body></html>"""


@dataclass
class Stage:
    """One page. `asked` are the addresses it wanted beyond its own files; `complaints` what its console said. `sheet` is
    the text of a style sheet that stands in place of those of every page."""

    page: Page
    html: str = ""
    sheet: str = ""
    modules: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def show(self, html: str, *modules: str) -> Page:
        """Open this HTML as a built page with these modules of ours."""
        self.html, self.modules = html, list(modules)
        self.page.goto(f"{ORIGIN}/")
        return self.page

    def answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if f"{url.scheme}://{url.netloc}" != ORIGIN:
            self.asked.append(route.request.url)
            return route.abort()
        if url.path == "/":
            headers = {"Content-Security-Policy": build_policy(nonce="stage")}
            return route.fulfill(body=self._document(), content_type="text/html", headers=headers)
        if url.path == "/sheet.css":
            return route.fulfill(body=self.sheet, content_type="text/css")
        if file := self._file(url.path.removeprefix("/static/")):
            return route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        if url.path != "/favicon.ico":
            self.asked.append(route.request.url)
        return route.fulfill(status=204)

    def _document(self) -> str:
        folder = Path(settings.BASE_DIR, "static/css")
        sheets = sorted(folder.glob("app/*.css")) + sorted(folder.glob("app/*/*.css"))
        styles = "".join(f'<link rel="stylesheet" href="/static/css/{sheet.relative_to(folder)}">' for sheet in sheets)
        styles = '<link rel="stylesheet" href="/sheet.css">' if self.sheet else styles
        modules = "".join(f'<script type="module" src="/static/js/{name}.js"></script>' for name in self.modules)
        return SHELL.format(styles=styles, modules=modules, importmap=json.dumps(import_map()), html=self.html)

    def _file(self, path: str) -> Path | None:
        if path.startswith("lib/") and path in names().values():
            return Path(settings.BASE_DIR, "node_modules", path.removeprefix("lib/"))
        file = Path(settings.BASE_DIR, "static", path)
        return file if file.is_file() else None

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self.complaints.append(message.text)


@pytest.fixture
def open_stage(browser: Browser) -> Iterator[Callable[..., Stage]]:
    """Opens built pages: `open_stage(reduced_motion="reduce", color_scheme="dark") -> Stage`."""
    contexts = []

    def open_one(**options) -> Stage:
        context = browser.new_context(**{"viewport": {"width": 800, "height": 600}, **options})
        contexts.append(context)
        stage = Stage(context.new_page())
        context.route("**/*", stage.answer)
        context.on("console", stage.hear)
        context.on("weberror", lambda error: stage.complaints.append(str(error.error)))
        return stage

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def stage(open_stage: Callable[..., Stage]) -> Iterator[Stage]:
    """One built page, which may neither complain nor ask for anything that is not ours."""
    opened = open_stage()
    yield opened
    assert opened.complaints == []
    assert opened.asked == []
