"""What is served of our scripts and style sheets is what was written, shorter."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

from streamwright import minify
from streamwright.minify import MinifiedStorage, minified
from streamwright.modules import folder


def test_a_module_keeps_what_it_imports_and_what_it_is_known_by() -> None:
    text = '// Why.\nimport { a } from "lib/a";\nexport class Say {\n  #times = 0;\n  now() {\n    return a(this.#times++);\n  }\n}\n'
    short = minified({"say.js": text})["say.js"]
    assert 'from"lib/a"' in short and "as Say}" in short and "now()" in short and "Why" not in short


def test_a_sheet_keeps_its_layers_and_what_is_newer_than_any_browser() -> None:
    text = "/* Why. */\n@layer base {\n  .a { &:hover { color: oklch(0.5 0.1 200); inset: 0; } }\n}\n"
    short = minified({"a.css": text})["a.css"]
    assert short.strip() == "@layer base{.a{&:hover{color:oklch(.5 .1 200);inset:0}}}"


def test_every_module_of_ours_exports_what_it_exported() -> None:
    texts = {path.relative_to(folder()).as_posix(): path.read_text() for path in folder().rglob("*.js")}
    for name, short in minified(texts).items():
        written = re.findall(r"^export (?:async )?(?:class|const|function\*?|let) (\w+)", texts[name], re.M)
        assert [each for each in written if not re.search(rf"\b(?:as )?{each}\b[,}}]", short)] == [], name


def test_what_cannot_be_read_is_told_and_not_served() -> None:
    with pytest.raises(ImproperlyConfigured, match=r'broken\.js:1:.*Unexpected ";"|Expected'):
        minified({"broken.js": "const = ;"})


def test_a_missing_esbuild_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(minify, "node_modules", lambda: tmp_path)
    with pytest.raises(ImproperlyConfigured, match="npm ci"):
        minified({"a.js": "1"})


def test_our_files_are_served_minified_and_those_of_others_as_they_come(tmp_path: Path) -> None:
    storage = MinifiedStorage(location=tmp_path, base_url="/static/")
    library = "// A library.\nexport const b = 1;\n"
    for name, text in {"lib/b.js": library, "js/a.js": "/** Why. */\nexport const a = 1;\n"}.items():
        storage.save(name, ContentFile(text))
    paths = {name: (storage, name) for name in ("lib/b.js", "js/a.js")}
    served = {name: tmp_path / hashed for name, hashed, _ in storage.post_process(paths) if hashed.endswith(".js")}
    assert served["lib/b.js"].read_text() == library
    assert served["js/a.js"].read_text().strip() == "const o=1;export{o as a};"
