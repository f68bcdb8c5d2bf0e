"""Templates and styles: nothing that a strict Content Security Policy would refuse, and colours only as tokens."""

import json
import re
from pathlib import Path

import pytest

from tests.house import files, text

TEMPLATES = [path for path in files("*.html") if path.is_relative_to("templates")]
STYLES = [path for path in files("*.css") if path.is_relative_to("static/css")]
REFUSED = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "an inline style sheet": re.compile(r"<style\b(?![^>]*\bnonce=)", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\b(?:src|nonce)=)", re.I),
    "an inline event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "an hx-on attribute, which is code in markup": re.compile(r"\shx-on\b", re.I),
    "a raw colour": re.compile(r"[\"' ](?:fill|stroke|color)=[\"']#", re.I),
    "text marked as safe": re.compile(r"\|\s*safe\b|\bautoescape off\b"),
}
WIDEST = 400  # characters: a Django tag cannot be broken, and between some elements a blank would be seen
# Sent some hundreds at a time: blanks within them would be, too.
SENT_BY_THE_HUNDRED = {Path("templates/design/row.html")}
RAW_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb|color)\(", re.I)
COMMENT = re.compile(r"/\*.*?\*/", re.S)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_holds_no_code_and_no_style(path: Path) -> None:
    found = [
        f"{path}:{number}: {what}"
        for number, line in enumerate(text(path).splitlines(), 1)
        for what, pattern in REFUSED.items()
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path not in SENT_BY_THE_HUNDRED], ids=str)
def test_a_line_of_a_template_can_be_read(path: Path) -> None:
    wide = [number for number, line in enumerate(text(path).splitlines(), 1) if len(line) > WIDEST]
    assert wide == [], f"{path} has lines of more than {WIDEST} characters: break them between attributes"


def test_htmx_writes_no_style_attribute_either() -> None:
    """What it swaps in would for a moment wear the `style` of what was there, which the policy refuses and tells."""
    said = re.search(r"name=\"htmx-config\"\s+content='([^']+)'", text(Path("templates/base.html")))
    config = json.loads(said[1] if said else "{}")
    assert (config["attributesToSettle"], config["includeIndicatorStyles"]) == ([], False)


@pytest.mark.parametrize("path", STYLES, ids=str)
def test_a_style_sheet_takes_its_colours_from_tokens(path: Path) -> None:
    if path.name == "tokens.css":
        return
    rules = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text(path))
    found = [
        f"{path}:{number}: {line.strip()}"
        for number, line in enumerate(rules.splitlines(), 1)
        if RAW_COLOUR.search(line)
    ]
    assert found == []
