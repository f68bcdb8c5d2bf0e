"""Every theme to start from has all colours, and what stands on another can be read, light and dark (WCAG 2.2)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from builder.document import body, node
from builder.expressions.catalog import Catalog
from builder.kinds import kinds
from builder.kinds.theme import is_stack
from builder.styling.colours import as_hex, contrast, light
from builder.styling.theme import variables
from builder.themes import BUILT_IN, COLOURS, CORNERS, FONTS, PAIRS, themes

every = pytest.mark.parametrize("theme", themes.values(), ids=list(themes))


@every
def test_it_has_every_colour_font_and_corner(theme):
    assert theme.colours.keys() == COLOURS.keys() and theme.fonts.keys() == FONTS.keys()
    assert all(light(side) is not None for sides in theme.colours.values() for side in sides)
    assert all(is_stack(stack) for stack in theme.fonts.values())
    assert all(re.fullmatch(r"\d+px", corner) for corner in theme.corners)
    assert theme.label and theme.hint and len(theme.hint) <= 70


@every
@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_what_stands_on_another_can_be_read(theme, side):
    close = {
        (upper, lower): round(contrast(theme.colours[upper][side], theme.colours[lower][side]), 2)
        for upper, lower, least in PAIRS
        if contrast(theme.colours[upper][side], theme.colours[lower][side]) < least
    }
    assert close == {}


@every
def test_an_app_that_starts_from_it_has_no_issue(theme):
    made = body("tm_theme", {"tm_theme": node("theme", "Theme", {"starter": theme.name})})
    assert kinds["theme"].problems(made, Catalog([("theme", "tm_theme", made)])) == []
    assert bool(variables(made)) is (theme.name != BUILT_IN)


def test_there_are_six():
    assert len(themes) == 6


def test_the_built_in_one_is_what_the_style_sheet_says():
    text = Path(settings.BASE_DIR, "static/css/app/tokens.css").read_text()
    said = {name: " ".join(value.split()) for name, value in re.findall(r"--app-([a-z-]+): ([^;]+);", text)}
    theme = themes[BUILT_IN]
    for token, (one, other) in theme.colours.items():
        assert said[token] == (f"light-dark({one}, {other})" if one != other else one)
    assert {token: said[token] for token in FONTS} == theme.fonts
    assert tuple(said[corner] for corner in CORNERS) == theme.corners


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1
    assert as_hex("oklch(1 0 0)") == "#ffffff" and as_hex("#2F6f4f") == "#2f6f4f"
    assert as_hex("oklch(0.628 0.2577 29.23)") == "#ff0000"


@pytest.mark.parametrize(
    "text", ["red", "#12", "#12345g", "rgb(1 2 3)", "oklch(0.5 0.1)", "#fff;", "", "oklch(1 0 0) "], ids=repr
)
def test_what_is_no_colour_is_none(text):
    assert light(text) is None
    for reading in (as_hex, lambda text: contrast(text, "#fff")):
        with pytest.raises(ValueError):
            reading(text)


def test_digits_of_other_scripts_make_no_colour():
    """Browsers read none of them, so the whole rule would be lost."""
    assert light("oklch(0.44 0.068 158)") and light("oklch(0.44 0.068 ١٥٨)") is None
