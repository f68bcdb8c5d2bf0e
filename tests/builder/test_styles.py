"""The Styles tab: themes to start from, colours with how they can be read, fonts, named styles and who uses them."""

import json

import pytest

from builder.models import App
from builder.starters import starters

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(ada):
    app = App.objects.create(owner=ada, name="Juniper", slug="juniper")
    for kind, body in starters["demo"].documents():
        app.documents.create(kind=kind, key=body["root"], body=body)
    return app


def do(client, **said):
    return client.post("/apps/juniper/styles/gestures/", json.dumps(said), content_type="application/json").json()


def page(client, node=""):
    return client.get(f"/apps/juniper/styles/?node={node}").content.decode()


def undo(client):
    return client.post("/apps/juniper/undo/", "{}", content_type="application/json").json()


def styled(client) -> str:
    """A style of texts that the demo's answer uses; its id."""
    said = {"do": "add_to_theme", "what": "style", "element": "heading", "name": "Large"}
    style = do(client, **said)["made"]
    heading = next(
        key
        for key, holder in App.objects.get().documents.get(key="pg_chat01").body["nodes"].items()
        if holder["type"] == "heading"
    )
    use = {"do": "use_style", "node": heading, "style": style}
    address = "/apps/juniper/design/pg_chat01/gestures/"
    assert client.post(address, json.dumps(use), content_type="application/json").json()["ok"]
    return style


def test_the_tab_shows_themes_colours_and_fonts(app, ada_client):
    html = page(ada_client)
    assert html.count('data-choose="') >= 6 and html.count('aria-pressed="true"') >= 1
    assert 'aria-label="Accent, light"' in html and "to 1 on Page" in html
    assert 'aria-label="Families of Headings"' in html


def test_only_who_may_edit_the_app_changes_its_theme(app, cy_client):
    assert cy_client.get("/apps/juniper/styles/").status_code == 404
    answer = cy_client.post("/apps/juniper/styles/gestures/", "{}", content_type="application/json")
    assert answer.status_code == 404


def test_a_colour_is_set_seen_in_the_sample_and_taken_back(app, ada_client):
    assert do(ada_client, do="set_token", token="accent", side="light", value="#123456")["ok"]
    look = ada_client.get("/apps/juniper/styles/look/x.css?side=light").content.decode()
    assert "light-dark(#123456" in look
    assert 'aria-label="Reset Accent"' in page(ada_client)
    assert undo(ada_client)["ok"]
    assert "#123456" not in page(ada_client)


def test_a_colour_that_is_none_is_refused_with_its_reason(app, ada_client):
    answer = do(ada_client, do="set_token", token="accent", side="light", value="greenish")
    assert not answer["ok"] and "not a colour" in answer["sentence"]


def test_colours_that_stand_too_close_are_said_to(app, ada_client):
    do(ada_client, do="set_token", token="ink", side="light", value="#eeeeee")
    assert "too close" in page(ada_client)


def test_a_theme_is_chosen_and_undone(app, ada_client):
    assert do(ada_client, do="choose_theme", starter="plum")["ok"]
    assert "data-choose=" in page(ada_client)
    chosen = page(ada_client).split('data-choose="plum"')[1][:40]
    assert 'aria-pressed="true"' in chosen
    undo(ada_client)
    assert 'aria-pressed="false"' in page(ada_client).split('data-choose="plum"')[1][:40]


@pytest.mark.parametrize("side", ["light", "dark"])
def test_the_sample_is_a_page_without_scripts(app, ada_client, side):
    html = ada_client.get(f"/apps/juniper/styles/sample/?side={side}").content.decode()
    assert f'data-theme="{side}"' in html and "Ask Juniper" in html and "<script" not in html


def test_a_named_style_says_what_it_sets_and_who_uses_it(app, ada_client):
    style = styled(ada_client)
    html = page(ada_client, style)
    assert "Style for Heading" in html and "/design/pg_chat01/?node=" in html
    assert "1 element uses it. Without it it goes back" in " ".join(html.split())
    assert f'data-to="{style}"' in html


def test_detaching_all_keeps_the_look_and_is_one_undo(app, ada_client):
    style = styled(ada_client)
    prop, value = "max_width", 320
    assert do(ada_client, do="set_style", style=style, prop=prop, value=value)["ok"]
    assert do(ada_client, do="detach_all", style=style)["ok"]
    body = app.documents.get(key="pg_chat01").body
    [heading] = [each for each in body["nodes"].values() if each["type"] == "heading"]
    assert heading["props"][prop] == value and "uses" not in heading["props"]
    undo(ada_client)
    body = app.documents.get(key="pg_chat01").body
    assert [each["props"].get("uses") for each in body["nodes"].values() if each["type"] == "heading"] == [style]


@pytest.mark.parametrize("keep", [True, False])
def test_removing_a_style_leaves_nobody_with_one_that_is_gone(app, ada_client, keep):
    style = styled(ada_client)
    do(ada_client, do="set_style", style=style, prop="max_width", value=320)
    answer = do(ada_client, do="remove_style", style=style, keep=keep, open=style)
    assert answer["ok"] and answer["parts"]["node"] == "" and "is deleted" in answer["toast"]
    [heading] = [
        each for each in app.documents.get(key="pg_chat01").body["nodes"].values() if each["type"] == "heading"
    ]
    assert "uses" not in heading["props"]
    assert heading["props"].get("max_width") == (320 if keep else None)


def test_a_style_shows_its_element_in_the_sample(app, ada_client):
    style = styled(ada_client)
    html = ada_client.get(f"/apps/juniper/styles/sample/?side=dark&node={style}").content.decode()
    assert 'data-el="el_styled"' in html


def test_a_style_of_html_is_shown_with_its_example_which_has_no_address(app, ada_client):
    style = do(ada_client, do="add_to_theme", what="style", element="html", name="Tall")["made"]
    html = ada_client.get(f"/apps/juniper/styles/sample/?side=dark&node={style}").content.decode()
    assert 'sandbox srcdoc="&lt;table&gt;' in html and "src=" not in html.partition("<iframe")[2].partition(">")[0]


def test_gestures_of_pages_are_none_here(app, ada_client):
    assert "error" in do(ada_client, do="delete", node="el_send01")
