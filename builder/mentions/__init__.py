"""What an app mentions: each Django app says in its folder `mentions` where texts of its own may name a file.

A file is named by its key, in an address, so that nothing knows who uses it but the texts themselves.
"""

import re
from collections.abc import Iterable
from typing import TypeAlias

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from builder.models import App
from builder.registry import Registry

Place: TypeAlias = tuple[QuerySet, str]


class Mention:
    """Rows of an app that may name something, and the column of theirs, of text or JSON, that it stands in."""

    name = ""

    def places(self, app: App) -> Iterable[Place]:
        raise NotImplementedError


mentions: Registry[Mention] = Registry("mention", "mentions")


def mentioned(app: App, prefix: str) -> set[str]:
    """The keys with this prefix (`fl`) that anything of an app names. Looks through all that is kept of the app, which
    takes tens of milliseconds where that is much: for when something is to be deleted."""
    written = re.compile(rf"{prefix}_[a-z0-9]+")
    found: set[str] = set()
    for mention in mentions.values():
        for rows, column in mention.places(app):
            texts = rows.order_by().annotate(written=Cast(column, TextField())).filter(written__contains=f"{prefix}_")
            for text in texts.values_list("written", flat=True).iterator():
                found.update(written.findall(text))
    return found
