"""`manage.py seed`: creates the owner and the demo app, once, so that a first start has something to open."""

import os
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from builder.models import User
from builder.starters import starters


class Command(BaseCommand):
    help = "Makes the owner (OWNER_EMAIL, without a password) and the demo app, unless there is an owner already."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(is_server_owner=True).exists():
            return
        owner = User.objects.create_user(
            os.environ.get("OWNER_EMAIL", "owner@localhost"), name="Owner", is_server_owner=True
        )
        if "demo" in starters:
            starters["demo"].make(owner, "Demo", "demo")
