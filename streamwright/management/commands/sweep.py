"""`manage.py sweep`: do now what the server does once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from workflows.retention import in_words, sweep


class Command(BaseCommand):
    help = "Deletes captures, runs and files that apps do not keep any longer, as their Settings say."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Deleted: {in_words(sweep())}.")
