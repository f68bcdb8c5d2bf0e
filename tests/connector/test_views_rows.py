"""Forms, files, shared rows and settings of a call, as somebody works with them in the tab."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from builder.document import children
from connector.models import FILE_MOST, CallFile
from tests.connector.test_views import Tab, app, tab  # noqa: F401

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def form(tab: Tab) -> str:  # noqa: F811
    """A row of a form with files; its key."""
    tab.set("url", "https://api.example.com/v1/images")
    tab.set("body_kind", "multipart")
    tab.post(f"{tab.api}/{tab.call}/rows/form/add/")
    (row,) = children(tab.document, tab.call, "form")
    tab.post(f"{tab.api}/{tab.call}/rows/{row}/name/", **{f"{row}-name": "photo"})
    return row


def upload(tab: Tab, row: str, file: Any) -> str:  # noqa: F811
    return tab.post(f"{tab.api}/{tab.call}/rows/{row}/upload/", file=file).content.decode()


@pytest.mark.parametrize("kind", ["none", "json", "form", "multipart", "raw"])
def test_s5_a_call_has_each_kind_of_body(tab: Tab, kind: str) -> None:  # noqa: F811
    page = tab.set("body_kind", kind)
    assert tab.props["body_kind"] == kind
    assert ('id="id_body"' in page) is (kind in ("json", "raw"))
    assert ("Add form field" in page) is (kind in ("form", "multipart"))


def test_s5_a_form_field_is_a_text_or_a_file(tab: Tab, form: str, ada_client: Client) -> None:  # noqa: F811
    tab.post(f"{tab.api}/{tab.call}/rows/{form}/value/", **{f"{form}-value": "a <caption>"})
    names = [tab.document["nodes"][key]["name"] for key in children(tab.document, tab.call, "parameters")]
    assert names == ["caption"]
    page = tab.post(f"{tab.api}/{tab.call}/rows/{form}/file/", **{f"{form}-file": "on"}).content.decode()
    assert "Choose file" in page and "up to 10 MB" in page
    page = upload(tab, form, SimpleUploadedFile("my photo.png", PNG, "image/png"))
    kept = CallFile.objects.get()
    assert (kept.name, kept.content_type, bytes(kept.body), kept.call) == ("my photo.png", "image/png", PNG, "")
    assert tab.document["nodes"][form]["props"]["value"] == {"file": kept.pk}
    assert "my photo.png" in page and kept.address in page
    assert ada_client.get(kept.address).content == PNG
    tab.post(f"{tab.api}/{tab.call}/rows/{form}/file/")
    assert tab.document["nodes"][form]["props"]["value"] == ""


@pytest.mark.parametrize("size", [FILE_MOST + 1, FILE_MOST + 100_000])
def test_a_file_that_is_too_large_is_refused_in_words(tab: Tab, form: str, size: int) -> None:  # noqa: F811
    tab.post(f"{tab.api}/{tab.call}/rows/{form}/file/", **{f"{form}-file": "on"})
    page = upload(tab, form, SimpleUploadedFile("large.bin", b"x" * size, "application/x"))
    assert "A file may have 10 MB." in page and not CallFile.objects.exists()


def test_a_file_for_which_an_app_has_no_room_is_refused_in_words(tab: Tab, form: str, settings: Any) -> None:  # noqa: F811
    settings.KEPT_MOST = 2**20
    tab.post(f"{tab.api}/{tab.call}/rows/{form}/file/", **{f"{form}-file": "on"})
    upload(tab, form, SimpleUploadedFile("a.bin", b"x" * 600_000, "application/x"))
    page = upload(tab, form, SimpleUploadedFile("b.bin", b"x" * 600_000, "application/x"))
    assert "There is no room for this file: the files of an app may take up 1 MB in all." in page
    assert "Send large files by their address" in page
    assert CallFile.objects.get().name == "a.bin"


def test_a_file_that_did_not_come_is_said(tab: Tab, form: str) -> None:  # noqa: F811
    tab.post(f"{tab.api}/{tab.call}/rows/{form}/file/", **{f"{form}-file": "on"})
    assert "No file came." in upload(tab, form, "")


def test_p27_nobody_else_puts_a_file_there(tab: Tab, form: str, cy_client: Client) -> None:  # noqa: F811
    path = f"/apps/juniper/connector/{tab.api}/{tab.call}/rows/{form}/upload/"
    answer = cy_client.post(path, {"file": SimpleUploadedFile("a.png", PNG, "image/png")})
    assert answer.status_code == 404 and not CallFile.objects.exists()


def test_what_an_api_shares_is_made_there_and_shown_in_its_calls(tab: Tab, ada_client: Client) -> None:  # noqa: F811
    tab.set("url", "https://[region].example.com/v1/chat")
    call, tab.at = tab.at, f"/apps/juniper/connector/{tab.api}/"
    page = tab.post(f"{tab.api}/rows/headers/add/").content.decode()
    (row,) = children(tab.document, tab.api, "headers")
    assert "Path and headers of all calls" in page and "[region]" in page
    tab.post(f"{tab.api}/rows/{row}/name/", **{f"{row}-name": "X-Version"})
    tab.post(f"{tab.api}/rows/{row}/value/", **{f"{row}-value": "<version>"})
    names = [tab.document["nodes"][key]["name"] for key in children(tab.document, tab.api, "parameters")]
    assert names == ["region", "version"]
    page = ada_client.get(call).content.decode()
    assert "Also sent, from" in page and "X-Version" in page and "[region]" in page
    region = children(tab.document, tab.api, "parameters")[0]
    tab.post(f"{tab.api}/{tab.call}/rows/{region}/value/", **{f"{region}-value": "eu"})
    assert tab.document["nodes"][region]["props"]["value"] == "eu"
    tab.post(f"{tab.api}/rows/{row}/remove/")
    assert children(tab.document, tab.api, "headers") == []


def test_an_api_shares_no_form_and_nobodys_rows(tab: Tab, ada_client: Client) -> None:  # noqa: F811
    tab.post(f"{tab.api}/{tab.call}/rows/headers/add/")
    (row,) = children(tab.document, tab.call, "headers")
    for path in (f"{tab.api}/rows/form/add/", f"{tab.api}/rows/{row}/remove/", f"{tab.api}/rows/fields/add/"):
        assert ada_client.post(f"/apps/juniper/connector/{path}").status_code == 404


@pytest.mark.parametrize(
    ("setting", "typed", "stored"),
    [("include_errors", "on", True), ("stays_open", "on", True), ("redirects", "on", True), ("retries", "3", 3)],
)
def test_a_call_behaves_as_its_author_wants(tab: Tab, setting: str, typed: str, stored: Any) -> None:  # noqa: F811
    """S10, S11, S12, P23: everything is off until then."""
    assert setting not in tab.props
    tab.post(f"{tab.api}/{tab.call}/settings/{setting}/", **{setting: typed})
    assert tab.props[setting] == stored
    tab.post(f"{tab.api}/{tab.call}/settings/{setting}/", **({setting: "0"} if setting == "retries" else {}))
    assert setting not in tab.props


@pytest.mark.parametrize("typed", ["6", "-1", "many", ""])
def test_s11_retries_have_a_bound(tab: Tab, typed: str) -> None:  # noqa: F811
    page = tab.post(f"{tab.api}/{tab.call}/settings/retries/", retries=typed).content.decode()
    assert "retries" not in tab.props and "hint-error" in page


def test_there_is_no_other_setting(tab: Tab, ada_client: Client) -> None:  # noqa: F811
    path = f"/apps/juniper/connector/{tab.api}/{tab.call}/settings/initialized/"
    assert ada_client.post(path, {"initialized": "on"}).status_code == 404


def test_s12_all_limits_are_shown_with_their_defaults(tab: Tab, ada_client: Client) -> None:  # noqa: F811
    page = ada_client.get(tab.at).content.decode()
    for default in ("10", "60", "300", "50", "4", "10,000,000"):
        assert f'placeholder="{default}"' in page
    tab.post(f"{tab.api}/{tab.call}/settings/stays_open/", stays_open="on")
    assert 'placeholder="none" disabled' in ada_client.get(tab.at).content.decode()


def test_s12_a_total_that_was_taken_away_stays_away(tab: Tab) -> None:  # noqa: F811
    document = tab.app.documents.get(kind="api")
    document.body["nodes"][tab.call]["props"]["limits"] = {"total": None, "silence": 5}
    document.save()
    tab.post(f"{tab.api}/{tab.call}/limits/connect/", connect="20")
    assert tab.props["limits"] == {"total": None, "silence": 5.0, "connect": 20.0}
    tab.post(f"{tab.api}/{tab.call}/limits/total/", total="100")
    assert tab.props["limits"]["total"] == 100.0


def test_s10_changing_include_errors_asks_for_a_new_initialize(tab: Tab) -> None:  # noqa: F811
    from connector.captures.initialize import fingerprint, fingerprints

    document = tab.app.documents.get(kind="api")
    known = {"request": fingerprint(document.body, tab.call), "prints": fingerprints(document.body, tab.call)}
    document.body["nodes"][tab.call]["props"]["initialized"] = {"framing": "sse", **known}
    document.save()
    assert "Needs Initialize" not in tab.set("name", "Ask")
    page = tab.post(f"{tab.api}/{tab.call}/settings/include_errors/", include_errors="on").content.decode()
    assert "Include errors changed after the last Initialize." in page
