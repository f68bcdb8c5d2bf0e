"""Keys of this installation: made once on first start, kept in a file only its owner can read."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def own_key(path: Path) -> str:
    """The key kept at `path` (64 hex digits, 32 bytes); made when missing. Several starting processes agree on one."""
    if not path.exists():
        # Written first and named then, so that nobody reads a key that is not whole. A temporary file has mode 600.
        with NamedTemporaryFile("w", dir=path.parent) as file, suppress(FileExistsError):
            file.write(secrets.token_hex(32))
            file.flush()
            os.link(file.name, path)
    return path.read_text().strip()
