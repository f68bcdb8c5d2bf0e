"""Authentication in a real browser: every way filled in by keyboard, wrong and right, and what stays of its secrets (S4)."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import make_app
from tests.connector.authority import Authority
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

CANARY = "sk-canary-0123456789-ghij"
TOKEN_URL = "https://login.example.com/oauth/token"
# Of each way: what is typed into its options, what into its secrets, and how the kept secrets are shown.
WAYS = {
    "Bearer token": ({}, {"Token": CANARY}, "Authorization: Bearer •••• •••• ghij"),
    "Key in a header": ({"Header": "X-Api-Key"}, {"Key": CANARY}, "X-Api-Key: •••• •••• ghij"),
    "Key in the URL": ({"Parameter": "api_key"}, {"Key": CANARY}, "?api_key= •••• •••• ghij"),
    "HTTP Basic": ({}, {"User name": "robot", "Password": CANARY}, "Authorization: Basic •••• •••• ghij"),
    "OAuth2 client credentials": (
        {"Token URL": TOKEN_URL, "Scope": "read", "Also send": "audience=x"},
        {"Client ID": "acme", "Client secret": CANARY},
        "Client •••• •••• ghij",
    ),
    "OAuth2 password": (
        {"Token URL": TOKEN_URL},
        {"User name": "robot", "Password": CANARY},
        "User •••• •••• ghij",
    ),
    "Custom token call": (
        {"Token URL": TOKEN_URL, "Headers": "X-A: b", "Body": '{"p": "<password>"}', "Token is at": "data.token"},
        {"Password": CANARY},
        "Saved •••• •••• ghij",
    ),
    "JWT": (
        {"Algorithm": "HS256", "Claims": '{"iss": "acme"}', "Lifetime": "60"},
        {"Key": CANARY},
        "HS256 key •••• •••• ghij",
    ),
    "Client certificate": ({}, {"Certificate": "", "Private key": ""}, "Certificate of Acme robot, until"),
}


class Panel:
    """The panel of an API, used with the keyboard alone once it has the focus."""

    def __init__(self, page: Page, server: StreamwrightServer, slug: str, url: str = "https://api.example.com"):
        self.page, self.server = page, server
        page.goto(f"{make_app(page, server, slug, 'Keyed', 'blank')}/connector/")
        page.get_by_role("button", name="Start empty", exact=True).click()
        expect(page.get_by_label("URL", exact=True)).to_be_focused()
        page.keyboard.type(url)
        page.keyboard.press("Tab")
        page.get_by_role("link", name="From example.com").click()
        expect(page.get_by_label("Base URL")).to_have_value(url)

    @property
    def part(self) -> Locator:
        return self.page.locator("#authentication")

    def choose(self, way: str) -> None:
        """By its first letters, as a keyboard does it."""
        choice = self.part.get_by_label("Authentication")
        wanted = choice.locator("option").get_by_text(way, exact=True).get_attribute("value")
        # Slow letters choose other ways before it: what is typed next belongs to the answer of the last one.
        with self.page.expect_response(
            lambda answer: (
                answer.url.endswith("/authentication/") and f"scheme={wanted}" in (answer.request.post_data or "")
            )
        ):
            choice.focus()
            self.page.keyboard.type(way)
            self.page.keyboard.press("Tab")
        expect(choice.locator("option:checked")).to_have_text(way)
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)

    def type(self, label: str, text: str) -> None:
        field = self.part.get_by_label(label, exact=True)
        field.focus()
        if field.evaluate("field => field.localName") == "select":
            with self.page.expect_response(re.compile("/authentication/")):
                self.page.keyboard.type(text)
                self.page.keyboard.press("Enter")
            return
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        with self.page.expect_response(re.compile("/authentication/")):
            self.page.keyboard.press("Tab")

    def type_secret(self, label: str, text: str) -> None:
        self.part.locator("form").get_by_label(re.compile(rf"^{label}( optional)?$")).focus()
        self.page.keyboard.insert_text(text)

    def save(self) -> None:
        button = self.part.get_by_role("button", name=re.compile("^Save "))
        button.focus()
        self.page.keyboard.press("Enter")


@pytest.fixture
def panel(page: Page, server: StreamwrightServer, slug: str) -> Panel:
    return Panel(page, server, slug)


@pytest.fixture(scope="module")
def robot() -> tuple[str, str]:
    return Authority().vouch("Acme robot")


@pytest.mark.slow
def test_every_way_is_filled_in_by_keyboard_and_its_secrets_never_come_back(
    panel: Panel, robot: tuple[str, str]
) -> None:
    for way, (options, secrets, shown) in WAYS.items():
        panel.choose(way)
        for label, text in options.items():
            panel.type(label, text)
        pems = iter(robot)
        for label, text in secrets.items():
            panel.type_secret(label, text or next(pems))
        panel.save()
        expect(panel.part.get_by_text(shown)).to_be_visible()
        expect(panel.part.get_by_text("Preview uses the live secret.")).to_be_visible()
        for label, text in options.items():
            expect(panel.part.get_by_label(label, exact=True)).to_have_value(text)
        panel.page.reload()
        expect(panel.part.get_by_text(shown)).to_be_visible()
        assert CANARY[:12] not in panel.page.content() and "-----BEGIN" not in panel.page.content(), way


def test_s4_a_development_secret_of_its_own_is_set_replaced_and_removed(panel: Panel) -> None:
    page = panel.page
    panel.choose("Bearer token")
    panel.type_secret("Token", CANARY)
    panel.save()
    development = panel.part.locator("#secret-dev")
    development.get_by_role("button", name="Use another one").press("Enter")
    expect(panel.part.get_by_label("Token", exact=True)).to_be_focused()
    page.keyboard.insert_text(CANARY.replace("ghij", "wxyz"))
    panel.save()
    expect(development.get_by_text("Authorization: Bearer •••• •••• wxyz")).to_be_visible()
    expect(development.get_by_text("Preview uses this one.")).to_be_visible()
    expect(panel.part.locator("#secret-live").get_by_text("•••• ghij")).to_be_visible()
    development.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove key").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(development.get_by_text("Preview uses the live secret.")).to_be_visible()


def test_what_is_asked_for_while_a_save_is_under_way_comes_after_its_answer(panel: Panel) -> None:
    page, held, asked = panel.page, [], []
    page.route("**/authentication/secret/", lambda route: held.append(route))
    page.on("request", lambda request: asked.append(request.method) if "/secret/" in request.url else None)
    panel.choose("Bearer token")
    panel.type_secret("Token", CANARY)
    panel.save()
    development = panel.part.locator("#secret-dev")
    development.get_by_role("button", name="Use another one").press("Enter")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert asked == ["POST"], "what comes after it waits"
    held.pop().continue_()
    expect(panel.part.locator("#secret-live").get_by_text("•••• ghij")).to_be_visible()
    expect(development.get_by_label("Token", exact=True)).to_be_focused()


def test_what_is_wrong_is_said_under_its_field(panel: Panel, robot: tuple[str, str]) -> None:
    panel.choose("Client certificate")
    panel.type_secret("Certificate", robot[1])
    panel.type_secret("Private key", robot[1])
    panel.save()
    wrong = panel.part.get_by_label("Certificate", exact=True)
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(panel.part.get_by_text("it holds a private key, which has a field of its own")).to_be_visible()
    panel.choose("HTTP Basic")
    panel.type_secret("User name", "a:b")
    panel.type_secret("Password", CANARY)
    panel.save()
    expect(panel.part.get_by_text("A user name holds no colon")).to_be_visible()
    expect(panel.part.get_by_label("User name", exact=True)).to_have_value("a:b")
    panel.choose("JWT")
    panel.type("Claims", "{nope")
    panel.type("Lifetime", "abc")
    panel.type_secret("Key", CANARY)
    panel.save()
    expect(panel.part.get_by_text("This cannot be used:")).to_be_visible()
    for label, typed in (("Claims", "{nope"), ("Lifetime", "abc")):
        expect(panel.part.get_by_label(label, exact=True)).to_have_value(typed)
        expect(panel.part.get_by_label(label, exact=True)).to_have_attribute("aria-invalid", "true")
    panel.type("Lifetime", "60")
    expect(panel.part.get_by_label("Lifetime", exact=True)).not_to_have_attribute("aria-invalid", "true")
    panel.choose("OAuth2 client credentials")
    panel.type("Token URL", "login.example.com")
    expect(panel.part.get_by_text("it does not begin with https://")).to_be_visible()
    panel.type_secret("Client ID", "acme")
    panel.type_secret("Client secret", CANARY)
    panel.save()
    first = "Fill in Token URL first: it decides where the secrets go."
    expect(panel.part.get_by_role("alert")).to_have_text(first)
    expect(panel.part.get_by_text(first)).to_have_count(1)
    assert CANARY not in panel.page.content()


def test_p24_another_token_url_asks_for_the_secrets_again(panel: Panel) -> None:
    panel.choose("OAuth2 client credentials")
    panel.type("Token URL", TOKEN_URL)
    panel.type_secret("Client ID", "acme")
    panel.type_secret("Client secret", CANARY)
    panel.save()
    expect(panel.part.get_by_text("Client •••• •••• ghij")).to_be_visible()
    panel.type("Token URL", "https://elsewhere.example.com/token")
    expect(panel.part.get_by_text("The address changed.")).to_be_visible()
    expect(panel.part.get_by_text("https://api.example.com and https://elsewhere.example.com only")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_nothing_sticks_out(panel: Panel, theme: str, size: str) -> None:
    for way in ("Custom token call", "JWT", "Client certificate"):
        panel.choose(way)
        assert panel.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        sticking = "[...document.querySelectorAll('#authentication *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
        assert panel.page.evaluate(sticking) == 0
