"""The panel of authentication: options one by one, secrets of two environments, each for its own addresses (S4, P24, P27)."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from builder.edition import Edition
from builder.models import App, User
from builder.starters import starters
from connector.auth import auth
from connector.calls import secrets_of
from connector.models import Credential
from connector.sending.auth_errors import SecretElsewhere
from tests.connector.authority import Authority
from tests.connector.test_views import Tab

KEY, OTHER = "sk-live-0123456789abcdefghij", "sk-test-0123456789abcdewxyz"
TOKEN_URL = "https://login.example.com/token"
API, LOGIN = "https://api.example.com:443", "https://login.example.com:443"


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


class Panel(Tab):
    def __init__(self, client: Client, app: App):
        super().__init__(client, app)
        self.post("add/")
        self.set("url", "https://api.example.com/v1/chat")

    def choose(self, scheme: str, **options: str) -> str:
        page = self.post(f"{self.api}/authentication/", scheme=scheme).content.decode()
        for name, value in options.items():
            page = self.post(f"{self.api}/authentication/{name}/set/", **{name: value}).content.decode()
        return page

    def keep(self, **secrets: str) -> str:
        return self.post(f"{self.api}/authentication/secret/", **secrets).content.decode()

    def ask(self, environment: str) -> Any:
        path = f"/apps/juniper/connector/{self.api}/authentication/secret/{environment}/"
        here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{self.at}"}
        return self.client.get(path, headers=here)

    @property
    def options(self) -> dict[str, Any]:
        return self.document["nodes"][self.api]["props"]["auth"]["options"]

    def opened(self, environment: str, origin: str = API) -> dict[str, str]:
        scheme = self.document["nodes"][self.api]["props"]["auth"]["scheme"]
        kept = Credential.of(self.app, self.api, scheme, environment)
        return kept.open_for(origin) if kept else {}


@pytest.fixture
def panel(ada_client: Client, app: App) -> Panel:
    return Panel(ada_client, app)


def test_it_works(panel: Panel) -> None:
    page = panel.choose("oauth2_client_credentials", token_url=TOKEN_URL, scope="read")
    assert "Sealed, and sent to https://api.example.com and https://login.example.com only." in page
    page = panel.keep(client_id="acme", client_secret=KEY)
    assert "Client •••• •••• ghij" in page and KEY[:12] not in page and ">acme<" not in page
    assert panel.opened("live", f"{API} and {LOGIN}") == {"client_id": "acme", "client_secret": KEY}


@pytest.mark.parametrize("scheme", list(auth))
def test_every_way_is_drawn_with_its_fields_and_hints(panel: Panel, scheme: str) -> None:
    page = panel.choose(scheme) if scheme != "none" else panel.client.get(panel.at).content.decode()
    for name, field in auth[scheme].Options.base_fields.items():
        assert f'id="{panel.api}_{scheme}_{name}"' in page and field.label in page
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids)), "The parts of a scheme have no id of a part of the call."
    for name in auth[scheme].Secrets.base_fields:
        assert page.count(f'id="id_{name}"') == 1
    assert (html.escape(auth[scheme].hint).replace("&#x27;", "&#39;") in page.replace("&#x27;", "&#39;")) == (
        scheme != "none"
    )


def test_s4_live_and_development_are_sealed_apart_and_said_in_words(panel: Panel) -> None:
    panel.choose("bearer")
    page = panel.keep(token=KEY)
    assert "Preview uses the live secret." in page
    assert panel.opened("dev") == panel.opened("live") == {"token": KEY}
    asked = panel.ask("dev").content.decode()
    assert 'name="environment" value="dev"' in asked and asked.count('id="id_token"') == 1
    assert ">Cancel</button>" in asked, "The form can be left again."
    page = panel.keep(token=OTHER, environment="dev")
    assert "•••• ghij" in page and "•••• wxyz" in page and "Preview uses this one." in page
    assert panel.opened("dev") == {"token": OTHER} and panel.opened("live") == {"token": KEY}
    unlock: Any = secrets_of(Edition(panel.app), panel.document)
    assert unlock(API) == {"token": OTHER}
    remove = f"{panel.api}/authentication/secret/remove/"
    asked = panel.client.get(f"/apps/juniper/connector/{remove}?environment=dev").content.decode()
    assert "The saved key cannot be shown or brought back." in asked and panel.opened("dev") == {"token": OTHER}
    panel.post(remove, environment="dev")
    assert panel.opened("dev") == {"token": KEY}


def test_s4_a_sealed_row_of_one_environment_does_not_open_as_the_other(panel: Panel) -> None:
    panel.choose("bearer")
    panel.keep(token=KEY)
    panel.keep(token=OTHER, environment="dev")
    live, dev = (Credential.objects.get(environment=name) for name in ("live", "dev"))
    assert bytes(live.sealed) != bytes(dev.sealed) and live.id != dev.id


def test_s4_the_development_secret_is_asked_for_again_too(panel: Panel) -> None:
    panel.choose("bearer")
    panel.keep(token=KEY)
    panel.keep(token=OTHER, environment="dev")
    page = panel.set("url", "https://elsewhere.example.com/v1/chat")
    assert page.count("The address changed.") == 2
    assert "was saved for https://api.example.com. Put it in again for https://elsewhere.example.com." in page
    with pytest.raises(SecretElsewhere):
        panel.opened("dev", "https://elsewhere.example.com:443")


def test_p24_another_token_url_asks_for_the_secrets_again(panel: Panel) -> None:
    """Whoever may edit an app could else have them sent to an address of theirs."""
    panel.choose("oauth2_client_credentials", token_url=TOKEN_URL)
    panel.keep(client_id="acme", client_secret=KEY)
    page = panel.post(
        f"{panel.api}/authentication/token_url/set/", token_url="https://evil.example/token"
    ).content.decode()
    assert "The address changed." in page
    with pytest.raises(SecretElsewhere):
        panel.opened("live", f"{API} and https://evil.example:443")


def test_options_are_checked_one_by_one(panel: Panel) -> None:
    page = panel.choose("oauth2_client_credentials", scope="read")
    assert panel.options["scope"] == "read" and "required" not in page
    page = panel.post(f"{panel.api}/authentication/token_url/set/", token_url="login.example.com").content.decode()
    assert "it does not begin with https://" in page and 'value="login.example.com"' in page
    assert page.count(" data-refused") == 1, "What was refused is left alone by the answers of others."
    assert panel.options["token_url"] is None
    answer = panel.client.post(f"/apps/juniper/connector/{panel.api}/authentication/rubbish/set/", {"rubbish": "x"})
    assert answer.status_code == 404


def test_the_options_of_a_way_wait_for_its_return(panel: Panel) -> None:
    panel.choose("key_in_header", header="X-Garden-Key")
    panel.choose("basic")
    assert panel.options == {}
    panel.choose("bearer")
    assert 'value="X-Garden-Key"' in panel.choose("key_in_header")
    assert panel.options == {"header": "X-Garden-Key"}


@pytest.mark.parametrize(
    ("scheme", "option", "value", "words"),
    [
        ("custom_token", "headers", "X-Key k", "there is no colon after its name"),
        ("custom_token", "headers", "Host: a", "belongs to the connection"),
        ("custom_token", "path", "a..b", "cannot be read"),
        ("custom_token", "lasts", "soon", "From 1 to 31,536,000 seconds."),
        ("custom_token", "before", "Bearér", "ASCII"),
        ("jwt", "claims", "[1]", "not a JSON object"),
        ("jwt", "claims", "{", "not a JSON object"),
        ("jwt", "algorithm", "none", "not one of the available choices"),
        ("jwt", "lifetime", "5", "From 10 to 86,400 seconds."),
        ("oauth2_password", "extra", "audience", "name=value"),
        ("oauth2_password", "token_url", "https://u:p@login.example.com/", "a name or password stands before the host"),
        ("key_in_url", "parameter", "", "Fill this in."),
    ],
)
def test_what_cannot_be_an_option_is_said_under_it(
    panel: Panel, scheme: str, option: str, value: str, words: str
) -> None:
    panel.choose(scheme)
    before, place = panel.options, f"/apps/juniper/connector/{panel.api}/authentication/{option}/set/"
    here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{panel.at}"}
    page = panel.client.post(place, {option: value}, headers=here).content.decode()
    assert words in page and panel.options == before


def test_what_decides_where_secrets_go_is_filled_in_first(panel: Panel) -> None:
    panel.choose("oauth2_client_credentials")
    page = panel.keep(client_id="acme", client_secret=KEY)
    assert "Fill in Token URL first" in page and KEY not in page and not Credential.objects.exists()


def test_what_is_wrong_with_a_secret_is_said_under_it_and_not_repeated(panel: Panel) -> None:
    panel.choose("client_certificate")
    certificate, key = Authority().vouch("Acme robot")
    page = panel.keep(certificate=certificate, private_key="rubbish-canary-0123456789")
    assert "there is no private key in PEM in it" in page
    assert "rubbish-canary" not in page and certificate.splitlines()[1] not in page
    page = panel.keep(certificate=certificate, private_key=key)
    assert "Certificate of Acme robot, until" in page and key.splitlines()[1] not in page
    panel.choose("jwt")
    assert "there is no private key in PEM in it" in panel.keep(key="rubbish-canary-0123456789")
    panel.choose("basic")
    page = panel.keep(username="a:b", password=KEY)
    assert "A user name holds no colon" in page and KEY not in page


def test_a_certificate_wants_https(panel: Panel) -> None:
    panel.set("url", "http://api.example.com/v1")
    page = panel.choose("client_certificate")
    assert "A client certificate is shown over https only." in page


def test_p27_nobody_else_sees_or_sets_anything(panel: Panel, cy_client: Client) -> None:
    panel.choose("bearer")
    base = f"/apps/juniper/connector/{panel.api}/authentication/"
    for path in ("", "secret/", "secret/remove/", "header/set/"):
        assert cy_client.post(f"{base}{path}", {"scheme": "none", "token": KEY}).status_code == 404
    assert cy_client.get(f"{base}secret/dev/").status_code == 404
    assert not Credential.objects.exists()


def test_an_environment_that_does_not_exist_is_not_found(panel: Panel) -> None:
    panel.choose("bearer")
    base = f"/apps/juniper/connector/{panel.api}/authentication/secret/"
    assert panel.client.post(base, {"token": KEY, "environment": "other"}).status_code == 404
    assert panel.client.get(f"{base}other/").status_code == 404
