"""Keys of this installation: made once on first start, kept in a file only its owner can read."""

import os
import secrets
from pathlib import Path


def own_key(path: Path) -> str:
    """The key kept at `path` (64 hex digits, 32 bytes); made when missing, by exactly one of several starting processes."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text().strip()
