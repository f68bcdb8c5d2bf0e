"""Adding an API from a preset, a cURL command or a description: it is shown first, made in one gesture, its key sealed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from builder import journal
from builder.document import children
from builder.models import App, User
from builder.starters import starters
from connector.importing import Draft
from connector.models import Capture, Credential
from connector.views.importing import _own_place
from tests.connector.importing.test_openapi import GARDEN

KEY = "sk-proj-Zk3q9vX1mT7bR5wY8nC2"
CURL = f"""curl https://api.openai.com/v1/chat/completions -H "Authorization: Bearer {KEY}" -H "Content-Type: application/json" \\
  -d '{{"model": "gpt-5.1", "messages": [{{"role": "user", "content": "Hello there"}}], "stream": true}}'"""
HERE = "/apps/juniper/connector/"


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


def post(client: Client, path: str, **values: Any) -> Any:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{HERE}"}
    return client.post(f"{HERE}import/{path}", values, headers=headers)


def only_api(app: App) -> Any:
    return app.documents.get(kind="api").body


def test_the_dialog_lists_every_preset(app: App, ada_client: Client) -> None:
    page = ada_client.get(f"{HERE}import/").content.decode()
    assert all(
        name in page for name in ("Anthropic", "Ollama", "NLX", "Wikimedia changes", "Paste the example", "Start empty")
    )


def test_a_command_is_shown_before_anything_is_made(app: App, ada_client: Client) -> None:
    answer = post(ada_client, "review/", source="curl", command=CURL).content.decode()
    assert "https://api.openai.com/v1/chat/completions" in answer and "Key found. It will be sealed." in answer
    assert "&lt;question&gt;" in answer and KEY not in answer
    assert not app.documents.filter(kind="api").exists() and not Credential.objects.exists()


def test_a_command_becomes_a_call_and_its_key_is_sealed(app: App, ada: User, ada_client: Client) -> None:
    """S4, S9, P24."""
    answer = post(
        ada_client,
        "add/",
        source="curl",
        command=CURL,
        parameter="/messages/0/content",
        api_name="My models",
        call_name="Ask",
    )
    assert answer.status_code == 200 and KEY not in answer.content.decode()
    body = only_api(app)
    call = children(body, body["root"], "calls")[0]
    assert (body["nodes"][body["root"]]["name"], body["nodes"][call]["name"]) == ("My models", "Ask")
    assert '"content": "<question>"' in body["nodes"][call]["props"]["body"]
    kept = Credential.objects.get(app=app, api=body["root"])
    assert kept.open_for("https://api.openai.com:443") == {"token": KEY}
    assert app.entries.count() == 1
    assert answer.headers["HX-Push-Url"] == f"{HERE}{body['root']}/{call}/"
    journal.undo(app, ada)
    assert not app.documents.filter(kind="api").exists()


def test_the_key_is_nowhere_in_clear(app: App, ada_client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """P24: in no row, page, log or error."""
    post(ada_client, "add/", source="curl", command=CURL)
    refused = post(ada_client, "add/", source="curl", command=f"{CURL} --frobnicate {KEY}")
    pages = [
        refused,
        ada_client.get(HERE, follow=True),
        post(ada_client, "review/", source="curl", command=f"{CURL} 'open"),
    ]
    assert all(KEY not in page.content.decode() for page in pages) and KEY not in caplog.text
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert KEY not in str(cursor.fetchall()), table


def test_a_key_that_stood_for_itself_is_asked_for(app: App, ada_client: Client) -> None:
    command = CURL.replace(KEY, "$OPENAI_API_KEY")
    assert 'name="secret-token"' in post(ada_client, "review/", source="curl", command=command).content.decode()
    post(ada_client, "add/", source="curl", command=command, **{"secret-token": KEY})
    assert Credential.objects.get(app=app).open_for("https://api.openai.com:443") == {"token": KEY}


def test_a_key_waits_until_its_host_is_known(app: App, ada_client: Client) -> None:
    """S4: a secret belongs to one origin."""
    post(ada_client, "add/", source="presets", preset="azure_openai", **{"secret-key": KEY})
    assert not Credential.objects.exists()
    post(ada_client, "add/", source="presets", preset="azure_openai", **{"secret-key": KEY, "value-resource": "acme"})
    assert Credential.objects.get().origin == "https://acme.openai.azure.com:443"


def test_a_preset_with_its_key_is_ready(app: App, ada_client: Client) -> None:
    assert "Fields, found already" in post(ada_client, "review/", source="presets", preset="anthropic").content.decode()
    post(ada_client, "add/", source="presets", preset="anthropic", **{"secret-key": KEY})
    assert Capture.objects.filter(app=app).count() == 1
    assert Credential.objects.get(app=app).open_for("https://api.anthropic.com:443") == {"key": KEY}
    body = only_api(app)
    page = ada_client.get(f"{HERE}{body['root']}/{children(body, body['root'], 'calls')[0]}/").content.decode()
    assert "From a recording" in page and "200 OK" not in page and "The recording holds frames" in page


def test_a_second_command_of_a_service_can_join_the_first(app: App, ada_client: Client) -> None:
    post(ada_client, "add/", source="curl", command=CURL)
    first = only_api(app)["root"]
    other = f"curl https://api.openai.com/v1/models -H 'Authorization: Bearer {KEY}x'"
    assert "which is there already" in post(ada_client, "review/", source="curl", command=other).content.decode()
    post(ada_client, "add/", source="curl", command=other, into=first)
    body = only_api(app)
    assert [body["nodes"][key]["name"] for key in children(body, first, "calls")] == [
        "Create chat completion",
        "List models",
    ]
    assert Credential.objects.get().open_for("https://api.openai.com:443") == {"token": KEY}, "The key there is stays."


def test_an_import_takes_the_place_of_an_api_nobody_wrote_into(app: App, ada: User, ada_client: Client) -> None:
    made = ada_client.post(f"{HERE}add/", headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{HERE}"})
    here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{made.headers['HX-Push-Url']}"}
    ada_client.post(f"{HERE}import/add/", {"source": "curl", "command": CURL}, headers=here)
    assert [row.name for row in app.documents.filter(kind="api")] == ["OpenAI"]
    journal.undo(app, ada)
    assert [row.name for row in app.documents.filter(kind="api")] == ["New API"]


def test_operations_are_listed_and_those_ticked_are_made(app: App, ada: User, ada_client: Client) -> None:
    answer = post(ada_client, "review/", source="openapi", text=GARDEN).content.decode()
    assert len(re.findall('name="operation"', answer)) == 8 and "Upload a photo" in answer
    post(ada_client, "add/", source="openapi", text=GARDEN, operation=["get /plants", "post /ask"])
    body = only_api(app)
    assert [body["nodes"][key]["name"] for key in children(body, body["root"], "calls")] == [
        "List plants",
        "Ask the gardener",
    ]
    assert app.entries.get().label == "Import 2 calls of Garden"


def test_a_description_as_a_file(app: App, ada_client: Client) -> None:
    file = SimpleUploadedFile("garden.yaml", GARDEN.encode())
    assert "Upload a photo" in post(ada_client, "review/", source="openapi", file=file).content.decode()


def test_a_description_by_its_url_goes_through_the_guard(app: App, ada_client: Client) -> None:
    """P22."""
    answer = post(ada_client, "review/", source="openapi", url="http://169.254.169.254/openapi.json").content.decode()
    assert "not a public address" in answer


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"source": "curl", "command": "wget x"}, "does not begin with curl"),
        ({"source": "curl"}, "does not begin with curl"),
        ({"source": "curl", "command": "curl ftp://x.org/a"}, "its URL begins with ftp://"),
        ({"source": "presets"}, "Choose a service"),
        ({"source": "presets", "preset": "../x"}, "Choose a service"),
        ({"source": "openapi"}, "Give a URL, a file or the text"),
        ({"source": "openapi", "text": GARDEN}, "Tick the calls"),
        ({"source": "openapi", "text": GARDEN, "operation": "get /nowhere"}, "Tick the calls"),
    ],
)
def test_what_cannot_be_added_is_said_in_the_dialog(
    app: App, ada_client: Client, values: dict[str, str], word: str
) -> None:
    answer = post(ada_client, "add/", **values)
    assert answer.status_code == 200 and word in answer.content.decode()
    assert answer.headers["HX-Retarget"] == f"#review-{values['source']}"
    assert not app.documents.filter(kind="api").exists()


def test_what_was_added_is_said_in_a_sentence(app: App, ada_client: Client) -> None:
    said = [
        post(ada_client, "add/", source="curl", command=CURL),
        post(ada_client, "add/", source="curl", command=CURL, into=only_api(app)["root"]),
        post(ada_client, "add/", source="presets", preset="practice"),
    ]
    sentences = ("OpenAI was added. The key is sealed.", "Create chat completion was added.", "Practice was added.")
    for answer, sentence in zip(said, sentences, strict=True):
        assert sentence in answer.content.decode()


def test_what_a_service_wants_of_every_call_is_said_of_a_command_too(app: App, ada_client: Client) -> None:
    command = "curl -X POST https://apps.nlx.ai/c/abc/xyz-en-US -d '{}'"
    answer = post(ada_client, "review/", source="curl", command=command).content.decode()
    assert "must end with a language code" in answer and 'value="Send"' in answer


def test_a_call_is_copied_without_its_key(app: App, ada_client: Client) -> None:
    """P24."""
    post(ada_client, "add/", source="curl", command=CURL)
    body = only_api(app)
    call = children(body, body["root"], "calls")[0]
    answer = ada_client.get(f"{HERE}{body['root']}/{call}/curl/", headers={"Accept": "application/json"}).json()
    assert answer["command"].startswith("curl ") and '"$API_KEY"' in answer["command"] and KEY not in json.dumps(answer)


@pytest.mark.parametrize("path", ["", "add/", "review/", "allow/"])
def test_nobody_else_can(app: App, cy_client: Client, path: str) -> None:
    """P27."""
    answer = post(cy_client, path, source="curl", command=CURL) if path else cy_client.get(f"{HERE}import/")
    assert answer.status_code == 404


def test_a_local_model_is_allowed_by_one_click_of_the_owner(
    app: App, ada: User, ada_client: Client, settings: Any, tmp_path: Path
) -> None:
    """P22."""
    from connector.sending.allowed import places

    settings.OWN_MACHINE, settings.HOME, settings.ALLOWED_HOSTS = True, tmp_path, ["127.0.0.1"]
    ada_client.defaults["SERVER_NAME"] = "127.0.0.1"
    asked: dict[str, str] = {"source": "presets", "preset": "ollama", "place": "127.0.0.1:11434"}
    assert post(ada_client, "allow/", **asked).status_code == 404
    assert "OUTGOING_ALLOW" in post(ada_client, "review/", **asked).content.decode()
    ada.is_server_owner = True
    ada.save()
    offered = post(ada_client, "review/", **asked).content.decode()
    assert "Allow 127.0.0.1:11434" in offered and "hx-confirm" not in offered
    assert "Calls may reach 127.0.0.1:11434." in post(ada_client, "allow/", **asked).content.decode()
    assert places() == ("127.0.0.1:11434",)
    post(ada_client, "allow/", **asked, revoke="1")
    assert places() == ()
    assert post(ada_client, "allow/", **(asked | {"place": "169.254.169.254:80"})).status_code >= 400
    assert places() == ()


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://localhost:11434/api", "localhost:11434"),
        ("http://[::1]:8080/v1", "[::1]:8080"),
        ("http://127.0.0.1/", "127.0.0.1:80"),
        ("https://localhost", "localhost:443"),
        ('http://localhost:80", "place": "10.0.0.1:22/', ""),
        ("http://localhost:1@api.example/", ""),
        ("https://api.example", ""),
        ("", ""),
    ],
)
def test_p22_the_place_to_allow_is_the_one_that_is_called(url: str, place: str) -> None:
    assert _own_place(Draft("A", url)) == place
