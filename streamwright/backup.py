"""Backups: one tar file with the database as it is at one moment, the files stored beside it, and a manifest of both.

Keys are left out: whoever has the database and the keys can read every saved secret, so a backup contains keys only on
request. A restore verifies everything before it touches anything, and moves what was there aside.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tomllib
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Any

FORMAT = 1
LIST, DATABASE, FILES, KEYS = "backup.json", "database.sqlite3", "files", "keys"
KEY_FILES = ("secret_key.key", "vault_key.key")


class BackupProblem(Exception):
    """Why a backup cannot be made or restored, in one sentence."""


@dataclass(frozen=True)
class Home:
    """Where an installation keeps its own data."""

    database: Path
    files: Path
    keys: Path

    def key_files(self) -> list[Path]:
        return [self.keys / name for name in KEY_FILES if (self.keys / name).is_file()]


def make(home: Home, file: Path, with_keys: bool = False, force: bool = False) -> dict[str, Any]:
    """Write a backup while everything keeps running, and return its manifest.

    Only its owner can read the file, and it gets its name only once it is complete. Raises BackupProblem.
    """
    if file.exists() and not force:
        raise BackupProblem(f"{file} is there already. Choose another name, or say --force.")
    if not home.database.is_file():
        raise BackupProblem(f"There is no database at {home.database}.")
    if not file.parent.is_dir():
        raise BackupProblem(f"There is no folder {file.parent}.")
    with TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        copy, packed = Path(folder) / DATABASE, Path(folder) / "packed"
        copy_database(home.database, copy)
        # The database comes first: any file it refers to exists by then, and a file too many does no harm.
        members = {DATABASE: copy, **_below(home.files)}
        if with_keys:
            members |= {f"{KEYS}/{path.name}": path for path in home.key_files()}
        about: dict[str, Any] = {
            "format": FORMAT,
            "streamwright": version(),
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "migrations": migrations_in(copy),
            "keys": with_keys,
            "sums": {},
        }
        with _private(packed) as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
            for name, path in members.items():
                about["sums"][name] = _pack(tar, name, path)
            _pack_text(tar, LIST, json.dumps(about, indent=2))
        packed.replace(file)
    return about


def copy_database(database: Path, copy: Path) -> None:
    """Copy the database with SQLite's online backup, in a single step: writers carry on, and nothing half-written is
    copied."""
    with closing(sqlite3.connect(database, timeout=20)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")


def restore(home: Home, file: Path, known: set[tuple[str, str]], force: bool = False) -> dict[str, Any]:
    """Replace what is there with a backup, and return the backup's manifest. `known` are this code's migrations.

    Raises BackupProblem, in which case nothing has been changed.
    """
    if home.database.exists() and not force:
        raise BackupProblem(f"There is a database at {home.database} already. With --force it is moved aside.")
    home.database.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home.database.parent, prefix=".restore-") as name:
        folder = Path(name)
        about = _unpack(file, folder)
        _check(folder, about, known)
        aside = f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        _settle(home.database)
        _put(folder / DATABASE, home.database, aside)
        if (folder / FILES).is_dir():
            _put(folder / FILES, home.files, aside)
        for path in sorted((folder / KEYS).glob("*")):
            _put(path, home.keys / path.name, aside)
    return about


def migrations_in(database: Path) -> list[list[str]]:
    """The migrations applied to a database, as [app, name]."""
    with closing(sqlite3.connect(database)) as opened:
        try:
            return [list(row) for row in opened.execute("SELECT app, name FROM django_migrations ORDER BY app, name")]
        except sqlite3.DatabaseError as problem:
            raise BackupProblem("The database is none of Streamwright's.") from problem


def version() -> str:
    """This code's version."""
    project = Path(__file__).resolve().parent.parent / "pyproject.toml"
    return str(tomllib.loads(project.read_text())["project"]["version"])


def _below(folder: Path) -> dict[str, Path]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {f"{FILES}/{path.relative_to(folder).as_posix()}": path for path in files}


def _pack(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Add a file and return its SHA-256. A file that grows meanwhile is packed at the length it had."""
    with path.open("rb") as source:
        member = tarfile.TarInfo(name)
        member.size, member.mode = os.fstat(source.fileno()).st_size, 0o600
        summed = _Summed(source)
        tar.addfile(member, summed)
    return summed.digest.hexdigest()


class _Summed:
    """A file that hashes whatever is read from it."""

    def __init__(self, source: IO[bytes]):
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        return data


def _private(path: Path) -> IO[bytes]:
    """A new file that only its owner can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _pack_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(text.encode()), 0o600
    tar.addfile(member, io.BytesIO(text.encode()))


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Unpack plain files with the names a backup uses, and nothing else; return the manifest."""
    try:
        with tarfile.open(file, "r:gz") as tar:
            for member in tar:
                if not member.isfile() or not _is_of_a_backup(member.name):
                    raise BackupProblem(f"{file} is no backup: it holds {member.name!r}.")
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                with _private(target) as written:
                    shutil.copyfileobj(tar.extractfile(member), written)
        about: dict[str, Any] = json.loads((folder / LIST).read_text())
        return about
    except (OSError, EOFError, tarfile.TarError, ValueError) as problem:
        raise BackupProblem(f"{file} cannot be read as a backup.") from problem


def _is_of_a_backup(name: str) -> bool:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        return False
    return name in (LIST, DATABASE) or path.parts[0] == FILES or name in [f"{KEYS}/{key}" for key in KEY_FILES]


def _check(folder: Path, about: dict[str, Any], known: set[tuple[str, str]]) -> None:
    if about.get("format") != FORMAT:
        raise BackupProblem(f"The backup has the format {about.get('format')}; this version reads {FORMAT}.")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {LIST}
    if DATABASE not in found or found != set(about["sums"]):
        raise BackupProblem("The backup is not whole.")
    for name, expected in about["sums"].items():
        with (folder / name).open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != expected:
                raise BackupProblem(f"The backup is damaged: {name} is not what was backed up.")
    newer = {tuple(each) for each in migrations_in(folder / DATABASE)} - known
    if newer:
        raise BackupProblem(
            f"The backup was made by Streamwright {about['streamwright']}, and this is {version()}, which does not "
            f"know {len(newer)} of its changes to the database. Upgrade first."
        )
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupProblem("The backup is damaged: its database is not whole.")


def _settle(database: Path) -> None:
    """Fold SQLite's journal files into the old database, so that nothing of it is read into the new one."""
    if database.exists():
        with closing(sqlite3.connect(database, timeout=5)) as old:
            try:
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.DatabaseError as problem:
                # The database is broken, which may be the very reason for the restore. It is moved aside as it is.
                if isinstance(problem, sqlite3.OperationalError):
                    raise BackupProblem(f"The database at {database} is in use: {problem}.") from problem


def _put(new: Path, place: Path, aside: str) -> None:
    """Move something into place, and whatever was there aside."""
    place.parent.mkdir(parents=True, exist_ok=True)
    for old in (place, place.with_name(f"{place.name}-wal"), place.with_name(f"{place.name}-shm")):
        if old.exists():
            old.rename(old.with_name(f"{old.name}.{aside}"))
    # The home may be on another disk than the database.
    shutil.move(new, place)
