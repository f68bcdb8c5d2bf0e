"""Scripts and style sheets as they are served mean what was written."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from streamwright.lean import lean_script, lean_sheet
from streamwright.modules import folder
from streamwright.stylesheets import folder as sheets

# What both texts of each pair mean to Node's own parser, without the places where it stands and whatever private names
# are called, as long as the same are the same.
COMPARE = """
const { parse } = require("internal/deps/acorn/acorn/dist/acorn");
const shape = (text) => {
  const names = [];
  const known = (name) => (names.includes(name) || names.push(name), names.indexOf(name));
  return JSON.stringify(
    parse(text, { ecmaVersion: "latest", sourceType: "module" }),
    (key, value) => ["start", "end", "raw"].includes(key) ? undefined : typeof value === "bigint" ? String(value)
      : value?.type === "PrivateIdentifier" ? known(value.name) : value,
  );
};
const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"));
const other = Object.keys(pairs).filter((name) => {
  try { return shape(pairs[name][0]) !== shape(pairs[name][1]); } catch (error) { return true; }
});
console.log(JSON.stringify(other));
"""


def changed(texts: dict[str, str]) -> list[str]:
    """The names of the modules that mean something else once they are lean."""
    done = subprocess.run(
        ["node", "--expose-internals", "--no-warnings", "-e", COMPARE],
        input=json.dumps({name: [text, lean_script(text)] for name, text in texts.items()}),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_every_module_of_ours_means_the_same() -> None:
    assert changed({str(path): path.read_text() for path in folder().rglob("*.js")}) == []


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
@pytest.mark.parametrize(
    "text",
    [
        'const address = "http://x//y" // a comment with "quotes"\nconst next = 1',
        "const many = `a  //  ${1 /* two */ + 2}\n   b`",
        "const slashes = text.replace(/\\/\\/[/*\"]+/g, '') // gone\nfn()",
        "const half = whole / 2 / parts // not a pattern\nconst odd = (a) / b / c",
        "const a = b\n;[1, 2].map(String)",
        "const a = b\n(c)\nlet d = 1\n++d",
        "class A {\n  #top = 0\n  static x\n  get y() { return this.#top }\n  /** @type {A} */ z\n}",
        "function f() {\n  return\n  1\n}",
        "const a = b - -c + +d - --e",
        "const a = b / /c/ * 2 % +e + (f) / `g` / h + ++i",
        'const a = b in "c" ? `d` in e : "f" instanceof g',
        "const all = `${a ? ` ${b} call${{ c: `}` }.c === '`' ? '' : \"}\"}` : ''}  `  // end\nconst f = 1\nexport { f }",
        "const x = typeof /a/ in b ? .5 : c?.d",
        "class A { #top = 0; #b() { return `#a ${this.#top} ${#top in this}` + '#top' } get #a() { return this.#b() / this.#a } }",
        "class A {" + " ".join(f"#name{n}; see{n}() {{ return this.#name{n} }}" for n in range(120)) + "}",
    ],
)
def test_what_looks_like_a_comment_or_a_line_to_spare_is_none(text: str) -> None:
    assert changed({"it": text}) == []


def test_nothing_is_left_to_leave_out() -> None:
    text = "// @ts-check\n/** What. */\nexport function say(a, b) {\n  // why\n  return a + b; // so\n}\n"
    assert lean_script(text) == "export function say(a,b){return a+b;}"
    assert lean_script(lean_script(text)) == lean_script(text)


def test_what_only_a_class_knows_has_a_short_name() -> None:
    text = "class A {\n  #waiting = 1\n  #spoken = 2\n  see() { return this.#waiting + `${this.#spoken}` }\n}\n"
    assert lean_script(text) == "class A{#a=1\n#spoken=2\nsee(){return this.#a+`${this.#spoken}`}}"


def test_a_sheet_keeps_what_means_something() -> None:
    sheet = '/* What */ @layer x {\n  .a > b:hover, .c :is(d) { color: red; --x: 1; content: "a; b: /* c */"; }\n}\n'
    lean = '@layer x{.a > b:hover,.c :is(d){color:red;--x:1;content:"a; b: /* c */"}}'
    assert lean_sheet(sheet) == lean
    for path in sheets().rglob("*.css"):
        text = path.read_text()
        assert lean_sheet(text).count("{") == lean_sheet(text).count("}"), path


def test_files_of_others_come_as_they_are(tmp_path: Path) -> None:
    from django.core.files.base import ContentFile

    from streamwright.lean import LeanStorage

    storage = LeanStorage(location=tmp_path, base_url="/static/")
    library = Path(settings.BASE_DIR, "node_modules/streaming-markdown/smd.js").read_text()
    for name, text in {"lib/smd.js": library, "js/own.js": "/** It */\nexport const a = 1\n"}.items():
        storage.save(name, ContentFile(text))
    assert (tmp_path / "lib/smd.js").read_text() == library
    assert (tmp_path / "js/own.js").read_text() == "export const a=1"
