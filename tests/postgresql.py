"""A PostgreSQL of a test's own: Debian's programs, with a folder, a port and a password of its own, gone at its end.

with Cluster() as cluster:
    StreamwrightServer(home, DATABASE_URL=cluster.url)
"""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.server import free_port

PERSON = "streamwright"
# What a test loses with its machine nobody misses.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "32MB"}


def programs() -> Path | None:
    """The folder of PostgreSQL's newest programs; None where it is not installed."""
    debians = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = shutil.which("initdb") or (debians[-1] if debians else None)
    return Path(found).resolve().parent if found else None


class Cluster:
    """A context manager; `url` is its database, `stop` and `start` take it away and bring it back."""

    def __init__(self) -> None:
        found = programs()
        if found is None:
            pytest.skip("PostgreSQL is not installed here: apt-get install postgresql")
        self.programs = found
        self.port, self.password = free_port(), secrets.token_hex(8)
        self.url = f"postgres://{PERSON}:{self.password}@127.0.0.1:{self.port}/postgres"

    def __enter__(self) -> "Cluster":
        self.folder = Path(tempfile.mkdtemp(prefix="streamwright-postgresql-"))
        self.data = self.folder / "data"
        words = self.folder / "password"
        words.write_text(self.password)
        if os.geteuid() == 0:  # PostgreSQL does not run as root.
            for path in (self.folder, words):
                shutil.chown(path, self._user())
        self._run("initdb", "-D", self.data, "-U", PERSON, f"--pwfile={words}", "-A", "scram-sha-256", "-E", "UTF8")
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        asked = QUICK | {"listen_addresses": "127.0.0.1", "unix_socket_directories": self.data, "port": self.port}
        options = " ".join(f"-c {name}={value}" for name, value in asked.items())
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """At once, as when its machine goes away."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def _run(self, program: str, *words: object) -> None:
        who = {"user": self._user(), "group": pwd.getpwnam(self._user()).pw_gid, "extra_groups": []}
        said = self.folder / "said"
        with said.open("ab") as told:  # A file: the server that is started keeps it open.
            done = subprocess.run(
                [self.programs / program, *map(str, words)],
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                stdout=told,
                stderr=told,
                timeout=60,
                **(who if os.geteuid() == 0 else {}),
            )
        assert done.returncode == 0, said.read_text()

    def _user(self) -> str:
        known = {each.pw_name for each in pwd.getpwall()}
        return "postgres" if "postgres" in known else "nobody"
