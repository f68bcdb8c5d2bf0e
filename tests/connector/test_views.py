"""The API connector tab: gestures, what is wrong with them in words, and what never reaches a page."""

import json
from typing import Any

import pytest
from django.test import Client

from builder import journal
from builder.document import Body, children
from builder.models import App, User
from builder.starters import starters
from connector.models import Credential

KEY = "sk-live-0123456789abcdefghij"


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


class Tab:
    """The tab as somebody works in it: posts as htmx does, and reads the document."""

    def __init__(self, client: Client, app: App):
        self.client, self.app = client, app
        self.at = "/apps/juniper/connector/"

    def post(self, path: str, **values: str) -> Any:
        answer = self.client.post(
            f"/apps/juniper/connector/{path}",
            values,
            headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{self.at}"},
        )
        assert answer.status_code == 200, answer.content
        self.at = answer.headers.get("HX-Push-Url", self.at)
        return answer

    def set(self, field: str, value: str) -> str:
        return self.post(f"{self.api}/{self.call}/set/{field}/", **{field: value}).content.decode()

    @property
    def document(self) -> Body:
        return self.app.documents.filter(kind="api").order_by("-id").first().body

    @property
    def api(self) -> str:
        return self.document["root"]

    @property
    def call(self) -> str:
        return children(self.document, self.api, "calls")[0]

    @property
    def props(self) -> dict[str, Any]:
        return self.document["nodes"][self.call]["props"]


@pytest.fixture
def tab(ada_client: Client, app: App) -> Tab:
    tab = Tab(ada_client, app)
    tab.post("add/")
    return tab


def test_it_works(tab: Tab, ada_client: Client) -> None:
    tab.set("url", "https://api.example.com/v1/chat")
    tab.set("body", '{"stream": true, "q": "<question>"}')
    page = ada_client.get(tab.at).content.decode()
    assert "https://api.example.com/v1/chat" in page
    assert "&lt;question&gt;" in page


def test_an_empty_tab_says_how_it_fills(ada_client: Client, app: App) -> None:
    page = ada_client.get("/apps/juniper/connector/").content.decode()
    assert "No API yet" in page and "Add an API" in page


def test_the_tab_opens_its_first_call(tab: Tab, ada_client: Client) -> None:
    assert ada_client.get("/apps/juniper/connector/").url == f"/apps/juniper/connector/{tab.api}/{tab.call}/"


def test_every_gesture_is_one_entry_and_can_be_undone(tab: Tab, app: App, ada: User) -> None:
    before = tab.document
    tab.set("body", '{"q": "<question>"}')
    assert app.entries.count() == 2
    assert children(tab.document, tab.call, "parameters")
    journal.undo(app, ada)
    assert tab.document == before


def test_what_is_not_changed_is_no_gesture(tab: Tab, app: App) -> None:
    tab.set("method", "POST")
    tab.set("name", "New call")
    assert app.entries.count() == 1


def test_a_gesture_tells_the_page_what_undo_would_do(tab: Tab) -> None:
    answer = tab.post(f"{tab.api}/{tab.call}/set/method/", method="GET")
    told = json.loads(answer.headers["HX-Trigger-After-Settle"])
    assert told["sw-changed"]["undo"] == "Change method of New call" and told["sw-changed"]["redo"] == ""


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("htp://api.example.com/v1", "Starts with htp. Write https:// instead."),
        ("api.example.com/v1", "Write https:// in front of it."),
        ("https://user@example.com/", "a name or password stands before the host"),
        ("https://example.com/a b", "it holds a blank"),
    ],
)
def test_a_url_that_cannot_be_called_stays_and_is_explained(tab: Tab, url: str, sentence: str) -> None:
    page = tab.set("url", url)
    assert sentence in page
    assert url in page
    assert sentence in tab.client.get(tab.at).content.decode()


def test_a_body_that_is_no_json_stays_and_names_the_line(tab: Tab) -> None:
    text = '{\n  "model": "<model>"\n  "q": 1\n}'
    page = tab.set("body", text)
    assert "Line 3: a comma is missing" in page
    assert tab.props["body"] == text


def test_line_ends_of_a_form_do_not_reach_the_document(tab: Tab) -> None:
    tab.set("body", '{\r\n  "a": 1\r\n}')
    assert tab.props["body"] == '{\n  "a": 1\n}'


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "  ", "Fill this in."),
        ("name", "x" * 81, "more than 80 characters"),
        ("method", "BREW", "Select a valid choice"),
        ("response_type", "yaml", "Select a valid choice"),
    ],
)
def test_what_cannot_be_stored_is_not(tab: Tab, field: str, value: str, sentence: str) -> None:
    before = tab.document
    page = tab.set(field, value)
    assert tab.document == before
    if field == "name":
        assert sentence in page


def test_two_calls_of_one_name_are_refused(tab: Tab) -> None:
    """S1."""
    tab.set("name", "Ask")
    tab.post(f"{tab.api}/add/")
    second = children(tab.document, tab.api, "calls")[1]
    page = tab.post(f"{tab.api}/{second}/set/name/", name=" ask ").content.decode()
    assert "Another call of this API has this name." in page
    assert tab.document["nodes"][second]["name"] == "New call"


def test_a_header_gets_a_row_with_a_name_and_a_value(tab: Tab) -> None:
    tab.post(f"{tab.api}/{tab.call}/rows/headers/add/")
    (row,) = children(tab.document, tab.call, "headers")
    tab.post(f"{tab.api}/{tab.call}/rows/{row}/name/", **{f"{row}-name": "X-Version"})
    tab.post(f"{tab.api}/{tab.call}/rows/{row}/value/", **{f"{row}-value": "2"})
    tab.post(f"{tab.api}/{tab.call}/rows/{row}/optional/", **{f"{row}-optional": "on"})
    tab.post(f"{tab.api}/{tab.call}/rows/{row}/private/")
    node = tab.document["nodes"][row]
    assert (node["name"], node["props"]) == ("X-Version", {"value": "2", "private": False, "optional": True})
    tab.post(f"{tab.api}/{tab.call}/rows/{row}/remove/")
    assert children(tab.document, tab.call, "headers") == []


def test_a_header_that_is_the_connections_is_refused_in_words(tab: Tab) -> None:
    tab.post(f"{tab.api}/{tab.call}/rows/headers/add/")
    (row,) = children(tab.document, tab.call, "headers")
    page = tab.post(f"{tab.api}/{tab.call}/rows/{row}/name/", **{f"{row}-name": "Host"}).content.decode()
    assert "it belongs to the connection and is set by the server" in page


def test_a_secret_typed_into_a_header_is_warned_of(tab: Tab) -> None:
    tab.post(f"{tab.api}/{tab.call}/rows/headers/add/")
    (row,) = children(tab.document, tab.call, "headers")
    tab.post(f"{tab.api}/{tab.call}/rows/{row}/name/", **{f"{row}-name": "X-Api-Key"})
    page = tab.post(f"{tab.api}/{tab.call}/rows/{row}/value/", **{f"{row}-value": "abc"}).content.decode()
    assert "Move it to Authentication" in page


def test_s5_a_raw_body_has_a_place_for_its_type(tab: Tab) -> None:
    page = tab.set("body_kind", "raw")
    assert "Add Content-Type" in page
    tab.set("body", '{"a": 1}')
    page = tab.post(f"{tab.api}/{tab.call}/ask/content-type/").content.decode()
    assert "Add Content-Type" not in page and 'value="application/json"' in page


def test_limits_are_stored_in_their_own_units(tab: Tab) -> None:
    """S12: an empty one is the default again."""
    tab.post(f"{tab.api}/{tab.call}/limits/size/", size="1.5")
    tab.post(f"{tab.api}/{tab.call}/limits/silence/", silence="90")
    assert tab.props["limits"] == {"size": 1572864, "silence": 90.0}
    for wrong in ("0", "9999", "soon"):
        page = tab.post(f"{tab.api}/{tab.call}/limits/silence/", silence=wrong).content.decode()
        assert "From 0.1 to 600 seconds." in page
    assert 'value="soon"' in page
    tab.post(f"{tab.api}/{tab.call}/limits/silence/", silence="")
    tab.post(f"{tab.api}/{tab.call}/limits/size/", size="")
    assert "limits" not in tab.props


# Deleting and copying


def test_a_deleted_call_comes_back_by_undo(tab: Tab, app: App, ada: User) -> None:
    before = tab.document
    tab.post(f"{tab.api}/add/")
    second = children(tab.document, tab.api, "calls")[1]
    answer = tab.post(f"{tab.api}/{second}/delete/")
    assert "New call 2 is deleted." in answer.content.decode()
    assert tab.document == before
    assert tab.at == f"/apps/juniper/connector/{tab.api}/{tab.call}/"
    journal.undo(app, ada)
    assert second in tab.document["nodes"]


def test_a_deleted_api_leaves_an_empty_tab(tab: Tab, app: App) -> None:
    answer = tab.post(f"{tab.api}/delete/")
    assert "No API yet" in answer.content.decode()
    assert not app.documents.filter(kind="api").exists()


def test_duplicates_get_names_of_their_own(tab: Tab, app: App) -> None:
    api = tab.api
    tab.post(f"{api}/{tab.call}/duplicate/")
    names = [tab.document["nodes"][key]["name"] for key in children(tab.document, api, "calls")]
    assert names == ["New call", "New call 2"]
    tab.post(f"{api}/duplicate/")
    assert sorted(row.name for row in app.documents.filter(kind="api")) == ["New API", "New API 2"]


# Authentication


@pytest.fixture
def keyed(tab: Tab) -> Tab:
    tab.set("url", "https://api.example.com/v1/chat")
    tab.post(f"{tab.api}/authentication/", scheme="bearer")
    return tab


def test_a_secret_is_sealed_and_never_shown_again(keyed: Tab, app: App) -> None:
    """S4: all that is shown of it is its last four characters."""
    page = keyed.post(f"{keyed.api}/authentication/secret/", token=KEY).content.decode()
    assert "Authorization: Bearer •••• •••• ghij" in page
    for text in (page, keyed.client.get(keyed.at).content.decode(), json.dumps(keyed.document)):
        assert KEY not in text and KEY[:12] not in text
    (kept,) = Credential.objects.all()
    assert kept.open_for("https://api.example.com:443") == {"token": KEY}
    assert KEY not in str(list(app.entries.values_list("changes", "inverses", "label")))


def test_another_origin_asks_for_the_secret_again(keyed: Tab) -> None:
    """S4."""
    keyed.post(f"{keyed.api}/authentication/secret/", token=KEY)
    page = keyed.set("url", "https://api.elsewhere.com/v1/chat")
    assert "The address changed." in page and "saved for https://api.example.com." in page
    page = keyed.set("url", "https://api.example.com/v2/chat")
    assert "The address changed." not in page


def test_a_secret_can_be_removed(keyed: Tab) -> None:
    keyed.post(f"{keyed.api}/authentication/secret/", token=KEY)
    keyed.post(f"{keyed.api}/authentication/secret/remove/")
    assert not Credential.objects.exists()


def test_a_secret_without_an_address_is_refused(tab: Tab) -> None:
    tab.post(f"{tab.api}/authentication/", scheme="bearer")
    page = tab.post(f"{tab.api}/authentication/secret/", token=KEY).content.decode()
    assert "Write the URL first" in page
    assert KEY not in page and not Credential.objects.exists()


def test_the_header_of_a_key_is_the_authors(tab: Tab) -> None:
    tab.set("url", "https://api.example.com/")
    tab.post(f"{tab.api}/authentication/", scheme="key_in_header")
    page = tab.post(f"{tab.api}/authentication/header/set/", header="Bad Header").content.decode()
    assert "no header" in page
    tab.post(f"{tab.api}/authentication/header/set/", header="X-Goog-Api-Key")
    page = tab.post(f"{tab.api}/authentication/secret/", key=KEY).content.decode()
    assert "X-Goog-Api-Key: •••• •••• ghij" in page


# Who may


def test_somebody_else_finds_nothing(tab: Tab, cy_client: Client) -> None:
    """P27."""
    for path in (tab.at, f"{tab.at}returned/"):
        assert cy_client.get(path).status_code == 404
    assert cy_client.post(f"{tab.at}set/name/", {"name": "Mine"}).status_code == 404


def test_an_api_of_another_app_is_not_found(tab: Tab, ada: User, ada_client: Client) -> None:
    starters["blank"].make(ada, "Other", "other")
    assert ada_client.get(f"/apps/other/connector/{tab.api}/{tab.call}/").status_code == 404


def test_names_are_escaped(tab: Tab) -> None:
    page = tab.set("name", "<script>alert(1)</script>")
    assert "<script>alert" not in page
