"""Our scripts and style sheets as they are served: each minified by esbuild on its own, none bundled."""

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from streamwright.browser_libraries import node_modules

# Below STATIC_URL. What others wrote is served as it is.
OURS = ("js/", "css/")
# The syntax is kept as written for today's browsers; nothing is translated for older ones.
FLAGS = ("--minify", "--format=esm", "--target=esnext", "--charset=utf8", "--log-level=warning")


def minified(texts: Mapping[str, str]) -> dict[str, str]:
    """Minify scripts and style sheets, given by name (`live/page.js`). Raises `ImproperlyConfigured` if esbuild is not
    installed, or with esbuild's message if it cannot read one of them."""
    with TemporaryDirectory() as there:
        written, made = Path(there, "written"), Path(there, "made")
        for name, text in texts.items():
            (written / name).parent.mkdir(parents=True, exist_ok=True)
            (written / name).write_text(text)
        files = [str(written / name) for name in texts]
        command = [str(_esbuild()), *FLAGS, f"--outbase={written}", f"--outdir={made}", *files]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise ImproperlyConfigured(done.stderr)
        return {name: (made / name).read_text() for name in texts}


def _esbuild() -> Path:
    """The executable that npm chose for this machine; it does not need Node.js."""
    for program in node_modules().glob("@esbuild/*/bin/esbuild"):
        return program
    raise ImproperlyConfigured("esbuild is missing in node_modules. Run `npm ci --omit=dev`.")


class MinifiedStorage(CompressedManifestStaticFilesStorage):
    """Names the files it collects after their content, and minifies our own first."""

    def post_process(self, paths: Mapping[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            paths = {**paths, **_ours_minified(paths)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def compress_files(self, paths: set[str]) -> Iterator[Any]:
        """Compress only under the names that pages ask for."""
        return super().compress_files(paths & set(self.hashed_files.values()))


def _ours_minified(paths: Mapping[str, Any]) -> dict[str, Any]:
    texts = {}
    for name, (storage, path) in paths.items():
        if name.startswith(OURS):
            with storage.open(path) as file:
                texts[name] = file.read().decode()
    storage = InMemoryStorage()
    return {name: (storage, storage.save(name, ContentFile(text))) for name, text in minified(texts).items()}
