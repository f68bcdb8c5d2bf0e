"""The dialog behind Publish: what would go live, what keeps it from that, releases, roll back and unpublish (S41, S43)."""

import html
import json
import re

import pytest

from builder import journal
from builder.starters import starters
from workflows.models import Publication, Release
from workflows.releases import publish

PUBLISH = "/apps/juniper/publish/"
ADDRESS = "http://localhost:8000/juniper/"


@pytest.fixture
def app(ada):
    return starters["demo"].make(ada, "Juniper", "juniper")


def retitle(app, title):
    change = {"do": "update", "doc": "page/pg_chat01", "node": "pg_chat01", "set": {"title": title}}
    return journal.perform(app, app.owner, f"Retitle to {title}", [change])


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_every_tab_has_the_button_that_opens_it(ada_client, app):
    page = ada_client.get("/apps/juniper/design/").content.decode()
    assert f'hx-get="{PUBLISH}"' in page and 'id="publish-button"' in page


def test_before_the_first_release_it_says_what_goes_live_and_nothing_of_an_address(ada_client, app):
    said = words(ada_client.get(PUBLISH))
    assert "What goes live" in said and "Page ticker" in said and "Data type Message" in said
    assert ADDRESS not in said and "Releases" not in said and "Unpublish" not in said


def test_S41_publishing_answers_with_the_address_and_the_releases(ada_client, app):
    answer = ada_client.post(PUBLISH, {"note": "The <first>"})
    page, said = answer.content.decode(), words(answer)
    assert f'value="{ADDRESS}"' in page and f'href="{ADDRESS}"' in page and "Release 1 is live" in said
    assert "The &lt;first&gt;" in page and "Owner" not in said
    release = Release.objects.get()
    assert (release.note, release.by, release.number) == ("The <first>", app.owner, 1)


def test_what_has_changed_since_is_counted_and_named(ada_client, app, ada):
    publish(app, ada)
    assert "Nothing has changed since release 1" in words(ada_client.get(PUBLISH))
    retitle(app, "One")
    retitle(app, "Two")
    said = words(ada_client.get(PUBLISH))
    assert "2 changes since release 1" in said and "Retitle to Two" in said and "Publish release 2" in said


def test_publishing_twice_makes_one_release(ada_client, app):
    ada_client.post(PUBLISH, {})
    assert "Nothing has changed" in words(ada_client.post(PUBLISH, {}))
    assert Release.objects.count() == 1


def test_S43_issues_are_listed_with_the_way_to_each_and_nothing_is_published(ada_client, app, ada):
    gone = {"from": "state", "args": {"state": "st_gone01"}, "ops": []}
    change = {"do": "update", "doc": "page/pg_chat01", "node": "el_hint01", "set": {"text": gone}}
    journal.perform(app, ada, "Break it", [change])
    for answer in (ada_client.get(PUBLISH), ada_client.post(PUBLISH, {"note": "x"})):
        page = answer.content.decode()
        assert "1 issue keeps it from being published" in words(answer)
        assert 'href="/apps/juniper/design/pg_chat01/?node=el_hint01&amp;prop=text"' in page
        assert re.search(r"<button[^>]*btn-primary[^>]* disabled", page)
    assert not Release.objects.exists()


def test_S43_an_issue_is_fixed_where_it_keeps_the_app_from_being_published(ada_client, app, ada):
    change = {"do": "update", "doc": "page/pg_ticker", "node": "pg_ticker", "unset": ["by_address"]}
    journal.perform(app, ada, "No way in", [change])
    asked = json.loads(html.unescape(re.search(r'hx-vals="([^"]+)"', ada_client.get(PUBLISH).content.decode())[1]))
    assert "ticker is reached by its address" in words(ada_client.post(f"{PUBLISH}fix/", asked))
    assert "Somebody was faster" in words(ada_client.post(f"{PUBLISH}fix/", asked))
    assert "Release 1 is live" in words(ada_client.post(PUBLISH, {}))


def test_a_note_that_is_too_long_is_said_and_nothing_is_published(ada_client, app):
    assert "more than 300 characters" in words(ada_client.post(PUBLISH, {"note": "x" * 301}))
    assert not Release.objects.exists()


def test_S41_roll_back_is_one_press_and_so_is_the_way_forward(ada_client, app, ada):
    first = publish(app, ada)
    retitle(app, "Two")
    second = publish(app, ada)
    assert "Roll back to release 1" in words(ada_client.get(PUBLISH))
    said = words(ada_client.post(f"{PUBLISH}roll-back/{first.pk}/"))
    assert "Release 1 is live" in said and "Roll forward to release 2" in said
    assert Publication.objects.get().release == first
    ada_client.post(f"{PUBLISH}roll-back/{second.pk}/")
    assert Publication.objects.get().release == second


def test_unpublishing_is_confirmed(ada_client, app, ada):
    publish(app, ada)
    assert "Its address leads nowhere from now on" in words(ada_client.get(f"{PUBLISH}unpublish/"))
    assert Publication.objects.exists()
    said = words(ada_client.post(f"{PUBLISH}unpublish/"))
    assert not Publication.objects.exists() and "Publish again to release 1" in said


def test_the_list_of_apps_says_which_are_published(ada_client, app, ada):
    assert "Published" not in words(ada_client.get("/"))
    publish(app, ada)
    page = ada_client.get("/").content.decode()
    assert page.count("Published</span>") == 1 and f'href="{ADDRESS}"' in page


@pytest.mark.parametrize("path", ["", "unpublish/", "roll-back/{}/"])
def test_P27_nobody_else_publishes(cy_client, app, ada, path):
    release = publish(app, ada)
    where = PUBLISH + path.format(release.pk)
    assert cy_client.post(where).status_code == 404
    if "roll-back" not in path:
        assert cy_client.get(where).status_code == 404
    assert Publication.objects.get().release == release


def test_a_server_that_has_no_address_for_published_apps_says_so(ada_client, app, settings):
    assert "APPS_ORIGIN" not in words(ada_client.get(PUBLISH))
    settings.ORIGINS = ["https://build.example.org"]
    assert "Nobody else can reach http://localhost:8000/juniper/" in words(ada_client.get(PUBLISH))
