"""Backup and restore: whole although people write, without keys unless asked, and nothing is overwritten unasked."""

import json
import sqlite3
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path

import pytest

from streamwright.backup import BackupProblem, Home, make, restore
from streamwright.held import StillServed, alone_with, hold
from tests.server import CommandFailed, StreamwrightServer

KNOWN = {("builder", "0001_initial"), ("builder", "0002_more")}
KEY = "7e57" * 16


def home_at(folder: Path) -> Home:
    folder.mkdir()
    return Home(folder / "streamwright.sqlite3", folder / "files", folder)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An installation with two accounts, whose sum is always 100, a file, and keys."""
    made = home_at(tmp_path / "home")
    with closing(sqlite3.connect(made.database)) as database:
        database.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE django_migrations (app TEXT, name TEXT);"
            "INSERT INTO django_migrations VALUES ('builder', '0001_initial');"
            "CREATE TABLE account (name TEXT, amount INTEGER); CREATE TABLE entry (amount INTEGER);"
            "INSERT INTO account VALUES ('ada', 100), ('bo', 0);"
        )
    made.files.mkdir()
    (made.files / "fig.txt").write_text("leaves")
    for name in ("secret_key.key", "vault_key.key"):
        (made.keys / name).write_text(KEY)
    return made


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    return home_at(tmp_path / "empty")


@contextmanager
def busy(database: Path) -> Iterator[list[int]]:
    """Somebody moves amounts from one account to the other, as fast as they can; how often so far."""
    ended, moved = threading.Event(), [0]

    def move() -> None:
        with closing(sqlite3.connect(database, timeout=20, isolation_level=None)) as connection:
            while not ended.is_set():
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE account SET amount = amount - 1 WHERE name = 'ada'")
                connection.execute("INSERT INTO entry VALUES (1)")
                connection.execute("UPDATE account SET amount = amount + 1 WHERE name = 'bo'")
                connection.execute("COMMIT")
                moved[0] += 1

    writer = threading.Thread(target=move)
    writer.start()
    try:
        while moved[0] < 5:
            pass
        yield moved
    finally:
        ended.set()
        writer.join()


def rows(home: Home, query: str) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(home.database)) as database:
        return database.execute(query).fetchall()


def names(file: Path) -> set[str]:
    with tarfile.open(file) as tar:
        return set(tar.getnames())


def test_a_round_trip_while_somebody_writes_holds_one_moment(home: Home, empty: Home, tmp_path: Path) -> None:
    with busy(home.database) as moved:
        before = moved[0]
        make(home, tmp_path / "backup")
        after_it = moved[0]
    about = restore(empty, tmp_path / "backup", KNOWN)
    assert rows(empty, "SELECT sum(amount) FROM account") == [(100,)]
    [(bo,)] = rows(empty, "SELECT amount FROM account WHERE name = 'bo'")
    assert rows(empty, "SELECT count(*) FROM entry") == [(bo,)]
    assert before <= bo <= after_it + 1
    assert (empty.files / "fig.txt").read_text() == "leaves"
    assert about["migrations"] == [["builder", "0001_initial"]]
    assert sorted(path.name for path in empty.keys.iterdir()) == ["files", "streamwright.sqlite3"]


def test_a_backup_never_holds_keys_unless_it_is_asked_for(home: Home, empty: Home, tmp_path: Path) -> None:
    make(home, tmp_path / "without")
    assert not [name for name in names(tmp_path / "without") if "key" in name]
    with tarfile.open(tmp_path / "without") as tar:
        assert not [name for name in tar.getnames() if KEY.encode() in tar.extractfile(name).read()]
    make(home, tmp_path / "with", with_keys=True)
    restore(empty, tmp_path / "with", KNOWN)
    assert (empty.keys / "vault_key.key").read_text() == KEY
    assert stat.S_IMODE((empty.keys / "vault_key.key").stat().st_mode) == 0o600


def test_nobody_else_can_read_a_backup_and_nothing_is_left_beside_it(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    make(home, folder / "backup")
    assert stat.S_IMODE((folder / "backup").stat().st_mode) == 0o600
    assert list(folder.iterdir()) == [folder / "backup"]


def test_nothing_is_overwritten_unasked(home: Home, tmp_path: Path) -> None:
    make(home, tmp_path / "backup", with_keys=True)
    with pytest.raises(BackupProblem, match="is there already"):
        make(home, tmp_path / "backup")
    with pytest.raises(BackupProblem, match="--force"):
        restore(home, tmp_path / "backup", KNOWN)
    with closing(sqlite3.connect(home.database)) as database:
        database.execute("UPDATE account SET amount = 7")
        database.commit()
    restore(home, tmp_path / "backup", KNOWN, force=True)
    assert rows(home, "SELECT sum(amount) FROM account") == [(100,)]
    aside = sorted(path.name.split(".before-restore-")[0] for path in home.keys.glob("*.before-restore-*"))
    assert aside == ["files", "secret_key.key", "streamwright.sqlite3", "vault_key.key"]
    [old] = home.keys.glob("streamwright.sqlite3.before-restore-*")
    assert rows(Home(old, home.files, home.keys), "SELECT sum(amount) FROM account") == [(14,)]


def packed(tmp_path: Path, home: Home, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A backup whose members somebody has changed."""
    make(home, tmp_path / "good")
    with tarfile.open(tmp_path / "good") as tar:
        members = {member.name: tar.extractfile(member).read() for member in tar}
    change(members)
    with tarfile.open(tmp_path / "bad", "w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, BytesIO(content))
    return tmp_path / "bad"


def about(**other: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members["backup.json"] = json.dumps(json.loads(members["backup.json"]) | other).encode()

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (about(format=2), "has the format 2"),
        (lambda members: members.update({"database.sqlite3": members["database.sqlite3"][:-9]}), "damaged"),
        (lambda members: members.pop("files/fig.txt"), "not whole"),
        (lambda members: members.update({"files/more": b""}), "not whole"),
        (lambda members: members.pop("backup.json"), "cannot be read"),
        (lambda members: members.update({"../escaped": b""}), "is no backup"),
        (lambda members: members.update({"files/../../escaped": b""}), "is no backup"),
        (lambda members: members.update({"/tmp/escaped": b""}), "is no backup"),
        (lambda members: members.update({"keys/authorized_keys": b""}), "is no backup"),
    ],
)
def test_what_is_not_as_it_was_is_refused_and_changes_nothing(
    home: Home, empty: Home, tmp_path: Path, change: Callable[[dict[str, bytes]], None], sentence: str
) -> None:
    with pytest.raises(BackupProblem, match=sentence):
        restore(empty, packed(tmp_path, home, change), KNOWN)
    assert list(empty.keys.iterdir()) == []
    assert not list(tmp_path.glob("**/escaped"))


def test_a_file_that_is_no_backup_is_said_in_a_sentence(empty: Home, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Ada")
    for name in ("letter", "missing"):
        with pytest.raises(BackupProblem, match="cannot be read as a backup"):
            restore(empty, tmp_path / name, KNOWN)


def test_a_backup_of_a_newer_version_is_refused(home: Home, empty: Home, tmp_path: Path) -> None:
    make(home, tmp_path / "backup")
    with pytest.raises(BackupProblem, match="Upgrade first"):
        restore(empty, tmp_path / "backup", {("builder", "0000_older")})


def test_nothing_is_put_in_the_place_of_a_database_that_is_served(home: Home) -> None:
    serving = hold(home.database)
    with pytest.raises(StillServed), alone_with(home.database):
        pass
    serving.close()
    with alone_with(home.database):
        pass


def test_the_commands_move_a_running_server_to_another_home(server: StreamwrightServer, tmp_path: Path) -> None:
    file, other = tmp_path / "moved.tar.gz", StreamwrightServer(tmp_path / "other")
    said = server.manage("backup", str(file))
    assert "It holds no keys" in said and str(server.home / "vault_key.key") in said
    with pytest.raises(CommandFailed, match="A server is using this database"):
        server.manage("restore", str(file), "--force")
    assert "Restored what was backed up at" in other.manage("restore", str(file))
    moved = Home(other.home / "streamwright.sqlite3", other.home, other.home)
    assert rows(moved, "SELECT count(*) FROM builder_user WHERE is_server_owner") == [(1,)]
