"""What every page is made of: style sheets, icons, modules and the forms' fields."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory

from builder.forms import Form
from builder.models import User
from builder.starters import starters
from builder.tabs import tabs
from streamwright import browser_libraries, modules
from streamwright.templatetags import look

ROOT = Path(__file__).resolve().parent.parent.parent
# The apps' own styles stand by themselves, with layers of their own.
STYLES = [
    path for path in sorted((ROOT / "static/css").rglob("*.css")) if not {"app", "canvas", "framed"} & set(path.parts)
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODULES = sorted((ROOT / "static/js").rglob("*.js"))
SPRITE = set(re.findall(r'<symbol id="i-([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Style sheets


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_a_style_sheet_is_one_layer(path: Path) -> None:
    rules = COMMENT.sub("", path.read_text()).strip()
    if path.name == "tokens.css":
        rules = rules.removeprefix("@layer reset, tokens, base, layout, components, utilities;").strip()
    assert re.match(r"@layer \w+ \{", rules)
    assert _closes(rules) == len(rules)


def _closes(rules: str) -> int:
    """Where the first block ends."""
    depth = 0
    for at, sign in enumerate(rules):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "}" and depth == 0:
            return at + 1
    return -1


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_nothing_is_important_but_hidden_things_and_stillness(path: Path) -> None:
    important = [line.strip() for line in path.read_text().splitlines() if "!important" in line]
    assert all("[hidden]" in line or "animation: none" in line for line in important)


def test_every_token_that_is_used_is_set_somewhere() -> None:
    text = "".join(COMMENT.sub("", path.read_text()) for path in STYLES)
    scripts = "".join(path.read_text() for path in MODULES)
    set_by_scripts = set(re.findall(r'setProperty\(\s*["`]--([\w-]+)', scripts)) | {"left-kept", "right-kept"}
    # These come with the element, in `data-vars`, or have a value to fall back on.
    used = set(re.findall(r"var\(--([\w-]+)\)", text))
    defined = set(re.findall(r"--([\w-]+)\s*:", text)) | set_by_scripts | {"at", "now"}
    assert used - defined == set()


# Icons


def test_every_icon_in_a_template_is_in_the_sprite() -> None:
    used = {
        (name(path), icon)
        for path in TEMPLATES
        for icon in re.findall(r'\{% icon "([\w-]+)"', path.read_text())
        if icon not in SPRITE
    }
    assert used == set()


def test_every_icon_of_a_tab_or_starter_is_in_the_sprite() -> None:
    assert {entry.icon for registry in (tabs, starters) for entry in registry.values()} <= SPRITE


def test_an_icon_is_decoration_unless_it_has_a_name() -> None:
    assert 'aria-hidden="true"' in look.icon("wave")
    assert 'role="img" aria-label="&lt;b&gt;"' in look.icon("wave", label="<b>")
    assert 'class="icon icon-14 ink-stream"' in look.icon("wave", 14, **{"class": "ink-stream"})


# Modules


def test_every_module_of_ours_and_every_library_has_an_address() -> None:
    imports = modules.import_map()["imports"]
    for path in MODULES:
        bare = path.relative_to(ROOT / "static/js").with_suffix("").as_posix()
        assert imports[bare] == imports[f"/static/js/{bare}.js"]
    assert imports["idiomorph"].endswith("idiomorph.esm.js")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_everything_a_module_imports_is_in_the_map(path: Path) -> None:
    bare = path.relative_to(ROOT / "static/js").with_suffix("").as_posix()
    assert set(modules._imports_of(bare, later=True)) <= set(modules.names())


def test_everything_a_library_imports_is_in_the_map() -> None:
    known = modules.names()
    for library in ("@codemirror/view", "@codemirror/lang-json", "@codemirror/commands", "idiomorph"):
        for reached in modules.reached_from(library):
            assert set(modules._imports_of(reached, later=False)) <= set(known)


def test_a_map_with_an_entry_holds_only_what_the_entry_reaches() -> None:
    imports = modules.import_map("parts/undo")["imports"]
    reached = {"actions", "chords", "http", "journal", "looks", "saving", "stretch", "toast"}
    assert {"parts/undo", *(f"lib/{name}" for name in reached)} == {key for key in imports if key[0] != "/"}


def test_the_map_is_the_only_inline_script_and_has_the_nonce(client: Client, db: Any) -> None:
    answer = client.get("/sign-in/")
    nonce = re.search(r"'nonce-([^']+)'", answer["Content-Security-Policy"])[1]  # type: ignore[index]
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", answer.content.decode(), re.S)
    assert [attributes.strip() for attributes, _ in inline] == [f'type="importmap" nonce="{nonce}"']
    assert json.loads(inline[0][1])["imports"]["editor"]


READ_EACH = """
const { readFileSync } = require("fs"), { SourceTextModule } = require("vm"), files = process.argv.slice(1)
for (const file of files) try { new SourceTextModule(readFileSync(file, "utf8")) } catch (wrong) { console.log(file, wrong.message) }
console.log("read", files.length)
"""


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_every_module_can_be_read() -> None:
    done = subprocess.run(
        ["node", "--experimental-vm-modules", "--no-warnings", "-e", READ_EACH, *map(str, MODULES)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [f"read {len(MODULES)}"]


# Libraries


def test_every_library_file_is_found_and_nothing_else_of_node_modules() -> None:
    for path in browser_libraries.static_paths().values():
        assert finders.find(path)
    assert finders.find("lib/idiomorph/package.json") is None
    assert finders.find("lib/../package.json") is None
    assert browser_libraries.Finder().check() == []


def test_a_missing_library_is_named_at_start(settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    messages = browser_libraries.Finder().check()
    assert len(messages) == len(browser_libraries.LIBRARIES)
    assert messages[0].hint == "Run `npm ci`."


# Forms


class Example(Form):
    """One field of each kind."""

    name = forms.CharField(help_text="What people call it.")
    size = forms.ChoiceField(choices=[("s", "Small")])
    on = forms.BooleanField(label="Show the caret")
    text = forms.CharField(widget=forms.Textarea)


def test_a_form_has_the_fields_of_the_design() -> None:
    html = str(Example())
    assert html.count('<div class="field">') == 4
    assert 'class="input"' in html and 'class="select"' in html and 'class="check"' in html
    assert '<p class="hint" id="id_name_helptext">What people call it.</p>' in html


def test_an_invalid_field_says_so_to_everybody() -> None:
    html = str(Example({"name": ""})["name"].as_field_group())
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "Fill this in." in html


def test_a_value_is_text_in_a_field() -> None:
    """P31."""
    assert "<script>" not in str(Example({"name": '"><script>'}))


@pytest.mark.parametrize("path", [path for path in TEMPLATES if "live" not in path.parts], ids=name)
def test_a_template_can_be_compiled(path: Path) -> None:
    get_template(path.relative_to(ROOT / "templates").as_posix())


def test_a_toast_that_must_be_acted_on_stays() -> None:
    assert "data-stays" in render_to_string("parts/toast.html", {"sentence": "No.", "tone": "error"})
    assert "data-stays" not in render_to_string("parts/toast.html", {"sentence": "Done."})


def test_the_theme_needs_no_request() -> None:
    assert look.theme(Context()) == "auto"
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = "dark"
    assert look.theme(Context({"request": request})) == "dark"


def test_a_face_has_two_letters() -> None:
    assert User(email="maya.okafor@example.org").initials == "MO"
