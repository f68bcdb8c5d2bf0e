"""`manage.py restore FILE`: replaces this installation's database and files with a backup."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from connector import vault
from connector.models import Credential
from streamwright.backup import BackupProblem, restore
from streamwright.held import StillServed, alone_with
from streamwright.management.commands.backup import home_here


class Command(BaseCommand):
    help = "Restores a backup. What is there is not overwritten unless --force, which moves it aside."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that `manage.py backup` has written")
        parser.add_argument("--force", action="store_true", help="move aside what is there")

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        home, known = home_here(), set(MigrationLoader(None).disk_migrations)
        connection.close()
        try:
            with alone_with(home.database):
                about = restore(home, file.resolve(), known, force)
                call_command("migrate", interactive=False, verbosity=0)
        except StillServed as problem:
            raise CommandError("A server is using this database. End it first.") from problem
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        made = f"{about['made']} by Streamwright {about['streamwright']}"
        self.stdout.write(f"Restored what was backed up at {made}. Start the server as usual.")
        if about["keys"]:
            self.stdout.write("The keys came with it; a key in the environment goes before them.")
        elif unreadable := self.unreadable():
            self.stdout.write(
                f"{unreadable} saved secrets were sealed with another key than this installation has. Put the file "
                f"vault_key.key that belongs to the backup into {home.keys}, or its key into VAULT_KEYS."
            )

    def unreadable(self) -> int:
        """How many saved secrets cannot be opened with any of the keys here."""
        return sum(not vault.is_ours(sealed) for sealed in Credential.objects.values_list("sealed", flat=True))
