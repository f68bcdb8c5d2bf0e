"""`manage.py link`: a one-time sign-in link, for whoever controls this machine but has no password."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from builder.models import User
from builder.people import sign_in_link


class Command(BaseCommand):
    help = "Prints a link that signs the owner in, once, within 15 minutes and only on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?", help="whom to sign in (the owner of this server)")

    def handle(self, *args: Any, email: str | None, **options: Any) -> None:
        person = User.objects.filter(email=email.lower()).first() if email else owner()
        if person is None:
            raise CommandError(f"Nobody here has the address {email}." if email else "Nobody has an account here yet.")
        self.stdout.write(link_for(person))


def owner() -> User | None:
    """The owner of this server."""
    return User.objects.filter(is_server_owner=True).order_by("pk").first()


def link_for(person: User) -> str:
    """The full URL of a new link."""
    return f"{settings.ORIGINS[0]}/link/{sign_in_link.issue(person)}/"
