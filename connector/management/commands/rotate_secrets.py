"""Seals every saved secret with the newest vault key, so that older keys can be removed from VAULT_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand

from connector.models import Credential
from connector.sending.auth_errors import SecretUnreadable


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        lost = []
        for credential in Credential.objects.iterator():
            try:
                credential.rotate()
            except SecretUnreadable:
                lost.append(credential)
        self.stdout.write(f"{Credential.objects.count() - len(lost)} secrets are sealed with the newest key.")
        for credential in lost:
            self.stderr.write(f"Unreadable, to be put in again: {credential} in {credential.app_id}.")
