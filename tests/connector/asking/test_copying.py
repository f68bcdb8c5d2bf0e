"""S9, P24: a call is copied as a cURL command that means the same when it is imported, and holds no secret."""

import json
import shutil
import subprocess
from typing import Any
from urllib.parse import unquote

import pytest

from builder.document import Body
from connector.asking.copying import as_curl
from connector.asking.placeholders import Authored, rows
from connector.asking.request import build
from connector.auth import auth
from connector.importing import CallDraft, Draft, DraftRow, Parameter
from connector.importing.curl import read_curl
from connector.importing.writing import document_of
from connector.presets import presets
from tests.connector.importing.test_curl import CASES

KEY = "sk-proj-Zk3q9vX1mT7bR5wY8nC2"


def documents() -> dict[str, Draft]:
    found = {name: read_curl(case.command) for name, case in CASES.items() if case.kind != "multipart"}
    found |= {f"preset {name}": preset.draft() for name, preset in presets().items() if name != "practice"}
    found["hard"] = Draft(
        "Hard", "https://api.example.com/v1",
        calls=[CallDraft(
            "Ask", "PUT", "/it's/[who]",
            headers=[DraftRow("X-Note", "it's $HOME `pwd` \"quoted\" \\ <who>")],
            query=[DraftRow("q", "a&b=c d"), DraftRow("filter[name]", "[who]"), DraftRow("none", "", optional=True)],
            body_kind="json", body='{"text": "<text>", "n": <n>, "old": "$5 `x` \\\\ \'"}',
            parameters=[Parameter("who", "Zoë & co", "url"), Parameter("text", 'a "b" \\ $(rm -rf /)\n<i>\'', private=False), Parameter("n", "7")],
        )],
    )  # fmt: skip
    found["form"] = Draft("Form", "https://api.example.com", calls=[CallDraft("Ask", "POST", "/x", body_kind="form", form=[DraftRow("a", "1 & 2"), DraftRow("b", "<c>")], parameters=[Parameter("c", "é=ü")])])  # fmt: skip
    found["raw"] = Draft("Raw", "https://api.example.com", calls=[CallDraft("Ask", "POST", "/x", headers=[DraftRow("Content-Type", "text/csv")], body_kind="raw", body="a,b\n'1',\"2\"\n")])  # fmt: skip
    return found


DOCUMENTS = documents()


def sent(draft: Draft) -> Any:
    """What a draft's first call sends with its test values; a missing one as its name."""
    body, calls = document_of(draft)
    for key, node in body["nodes"].items():
        if node["type"] in ("parameter", "header", "query", "form_field") and not node["props"].get("value"):
            node["props"]["value"] = f"x-{node['name']}-x".lower()
        if node["props"].get("optional") or node["props"].get("allow_blank"):
            node["props"]["value"] = ""
        body["nodes"][key] = node
    body["nodes"][body["root"]]["props"]["auth"] = {"scheme": "none"}
    request = build(body, calls[0], {row.id: Authored(row.value) for row in rows(body, calls[0])})
    text = (request.body or b"").decode()
    headers = sorted(
        (name.lower(), value) for name, value in request.headers if name.lower() not in ("accept", "accept-encoding")
    )
    return request.method, unquote(request.url), headers, json.loads(text) if text.startswith("{") else text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_copied_means_the_same_when_it_is_imported(name: str) -> None:
    """S9: import(copy(call)) = call."""
    draft = DOCUMENTS[name]
    body, calls = document_of(draft)
    command = as_curl(body, calls[0])
    again = read_curl(command)
    assert sent(again) == sent(draft), command
    assert (again.scheme, again.options) == (draft.scheme, draft.options)
    assert again.calls[0].response_type == draft.calls[0].response_type
    assert not again.secrets


@pytest.mark.parametrize("scheme", sorted(auth))
def test_no_way_to_authenticate_shows_its_secret(scheme: str) -> None:
    """P24."""
    example = auth[scheme].example
    draft = Draft("X", "https://api.example.com", scheme, dict(example["options"]), calls=[CallDraft("Ask", path="/x")])
    body, calls = document_of(draft)
    command = as_curl(body, calls[0])
    assert all(secret not in command for secret in example["secrets"].values() if secret)
    assert scheme == "none" or "$" in command


def test_a_secret_typed_into_a_row_is_masked() -> None:
    """P24."""
    rows = [DraftRow("X-Api-Key", KEY), DraftRow("X-Plain", "yes")]
    call = CallDraft(
        "Ask", "POST", "/x", rows, [DraftRow("token", KEY)], "json", json.dumps({"api_key": KEY, "q": "tea"})
    )
    body, calls = document_of(Draft("X", "https://api.example.com", calls=[call]))
    command = as_curl(body, calls[0])
    assert KEY not in command
    assert (
        all(variable in command for variable in ('"$X_API_KEY"', '"$TOKEN"', '"$API_KEY"'))
        and "X-Plain: yes" in command
    )


def test_form_data_with_a_file() -> None:
    form = [DraftRow("doc", "", file=True), DraftRow("note", "<b>"), DraftRow("token", KEY)]
    body, calls = document_of(
        Draft(
            "X",
            "https://api.example.com",
            calls=[
                CallDraft("Ask", "POST", "/x", body_kind="multipart", form=form, parameters=[Parameter("b", "@home")])
            ],
        )
    )
    again = read_curl(as_curl(body, calls[0]))
    assert [(row.name, row.value, row.file) for row in again.calls[0].form][:2] == [
        ("doc", "", True),
        ("note", "@home", False),
    ]
    assert KEY not in as_curl(body, calls[0])


@pytest.mark.skipif(shutil.which("bash") is None, reason="There is no bash here.")
def test_a_shell_reads_it_as_it_is_meant() -> None:
    """Nothing of a value is run or filled in by the shell that the command is pasted into."""
    body, calls = document_of(DOCUMENTS["hard"])
    command = as_curl(body, calls[0])
    script = "curl() { printf '%s\\0' \"$@\"; }\n" + command
    words = subprocess.run(["bash", "-c", script], capture_output=True, check=True, env={}).stdout.decode().split("\0")
    assert 'X-Note: it\'s $HOME `pwd` "quoted" \\ Zoë & co' in words
    assert json.loads(words[words.index("-d") + 1]) == {
        "text": 'a "b" \\ $(rm -rf /)\n<i>\'',
        "n": 7,
        "old": "$5 `x` \\ '",
    }


def test_a_call_that_lacks_a_value_is_copied_all_the_same() -> None:
    draft = presets()["azure_openai"].draft()
    body: Body
    body, calls = document_of(draft)
    command = as_curl(body, calls[0])
    assert "https://{resource}.openai.azure.com/openai/deployments/{deployment}/chat/completions" in command
