"""`manage.py backup FILE`: this installation's database and files in one file, while the server runs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from streamwright.backup import BackupProblem, Home, make
from streamwright.held import database_here

WITHOUT_KEYS = """
It holds no keys: without them the secrets that authors saved cannot be read, here or elsewhere. Keep these apart from
it, in a place of their own: {keys}
"""
NOT_A_FILE = """The database is PostgreSQL's, which has a backup of its own: pg_dump and pg_restore. The files are in
{files}, the keys in {keys}: back them up apart."""
WITH_KEYS = """
It holds the keys: whoever has this file can read every saved secret. Keep it where you keep passwords.
"""


class Command(BaseCommand):
    help = "Backs up the database and the files while the server runs; no keys, unless --with-keys."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write, such as streamwright-2026-11-21.tar.gz")
        parser.add_argument("--with-keys", action="store_true", help="put the keys into it, too")
        parser.add_argument("--force", action="store_true", help="write over a file that is there")

    def handle(self, *args: Any, file: Path, with_keys: bool, force: bool, **options: Any) -> None:
        home = home_here()
        try:
            about = make(home, file.resolve(), with_keys, force)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        files = sum(name.startswith("files/") for name in about["sums"])
        self.stdout.write(f"{file}: the database and {files} files, {file.stat().st_size / 2**20:.1f} MB.")
        self.stdout.write(WITH_KEYS if with_keys else WITHOUT_KEYS.format(keys=where_keys_are(home)))


def home_here() -> Home:
    """Where this installation keeps its data. Raises CommandError if its database is not a file."""
    database = database_here()
    if database is None:
        raise CommandError(NOT_A_FILE.format(files=settings.MEDIA_ROOT, keys=settings.HOME))
    return Home(database, Path(settings.MEDIA_ROOT), Path(settings.HOME))


def where_keys_are(home: Home) -> str:
    """The files that hold the keys, or that they come from the environment."""
    return ", ".join(str(path) for path in home.key_files()) or "SECRET_KEY and VAULT_KEYS of the environment"
