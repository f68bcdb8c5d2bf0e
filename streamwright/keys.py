"""This installation's keys: generated on first start, kept in files that only their owner can read."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def own_key(path: Path) -> str:
    """The key stored at `path` (64 hex digits, 32 bytes), generated if missing. Processes starting at once agree on one
    key."""
    if not path.exists():
        # Written first and named afterwards, so that nobody reads an incomplete key. A temporary file has mode 600.
        with NamedTemporaryFile("w", dir=path.parent) as file, suppress(FileExistsError):
            file.write(secrets.token_hex(32))
            file.flush()
            os.link(file.name, path)
    return path.read_text().strip()
