"""Films: with controls and captions, and nothing that runs."""

import pytest

from builder.elements import elements
from tests.builder.elements.alone import drawn

HOSTILE = ["javascript:alert(1)", "data:video/mp4;base64,AAAA", "blob:https://x.example/1", "file:///etc/passwd"]


@pytest.mark.parametrize("address", HOSTILE)
@pytest.mark.parametrize("prop", ["src", "poster", "captions"])
def test_P26_addresses_that_load_no_film_are_left_out(prop, address):
    assert address not in drawn("video", **{prop: address})
    assert elements["video"].given(prop, address) is None


def test_it_has_controls_a_name_and_captions_and_no_sound_by_itself():
    html = drawn("video", src="/files/fl_1/fig.mp4", label="Repotting", captions="/files/fl_2/fig.vtt", plays=True)
    assert " controls " in html and 'aria-label="Repotting"' in html and '<track kind="captions"' in html
    assert 'data-captions="/files/fl_2/fig.vtt"' in html and "autoplay" not in html


@pytest.mark.browser
@pytest.mark.parametrize("motion, plays", [("no-preference", True), ("reduce", False)])
def test_what_plays_by_itself_is_silent_and_waits_for_those_who_want_calm(open_stage, motion, plays):
    page = open_stage(reduced_motion=motion).show(drawn("video", plays=True), "live/elements/video")
    film = "document.querySelector('video')"
    page.wait_for_function("() => Boolean(customElements.get('sw-video'))")
    assert page.evaluate(f"[{film}.autoplay, {film}.muted]") == [plays, plays]


@pytest.mark.browser
def test_captions_may_come_later_and_from_another_host(stage):
    page = stage.show(drawn("video"), "live/elements/video")
    page.wait_for_function("() => Boolean(customElements.get('sw-video'))")
    page.evaluate("document.querySelector('sw-video').dataset.captions = 'https://films.example/fig.vtt'")
    assert page.locator("track").get_attribute("src") == "https://films.example/fig.vtt"
    assert page.locator("video").get_attribute("crossorigin") == ""
    page.evaluate("document.querySelector('sw-video').removeAttribute('data-captions')")
    assert page.locator("track").get_attribute("src") is None
    stage.asked.clear()
    stage.complaints.clear()
