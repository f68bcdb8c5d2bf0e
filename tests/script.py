"""Modules of static/js run by Node, by the names they import each other by: for those that touch no document.

found = run("import { axisOf } from 'design/drop'; out(axisOf({display: 'flex', flexDirection: 'row'}))")
"""

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

SCRIPTS = Path(__file__).resolve().parent.parent / "static" / "js"
_NAMES = """
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
export async function resolve(name, context, next) {
  const file = %s + "/" + name + ".js";
  return existsSync(file) ? { url: pathToFileURL(file).href, format: "module", shortCircuit: true } : next(name, context);
}"""


def run(script: str, **given: Any) -> Any:
    """What the script says by `out(…)`, as JSON; `given` are its constants."""
    names = _inline(_NAMES % json.dumps(str(SCRIPTS)))
    loader = _inline(f'import {{ register }} from "node:module"; register({json.dumps(names)});')
    constants = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
    text = f"{constants}const out = (it) => console.log(JSON.stringify(it));\n{script}"
    command = ["node", "--import", loader, "--input-type=module", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _inline(script: str) -> str:
    return f"data:text/javascript,{quote(script)}"
