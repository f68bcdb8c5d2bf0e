"""What an app mentions: each Django app declares in its `mentions` folder where its own texts may refer to a file.

A file is referred to by its key, within a URL, so that only the texts themselves know who uses it.
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
    """Rows of an app that may contain a reference, and the text or JSON column it would be in."""

    name = ""

    def places(self, app: App) -> Iterable[Place]:
        raise NotImplementedError


mentions: Registry[Mention] = Registry("mention", "mentions")


def mentioned(app: App, prefix: str) -> set[str]:
    """The keys with this prefix (`fl`) that occur anywhere in an app. Scans everything stored for the app, which takes
    tens of milliseconds for a large one: meant for deletions."""
    written = re.compile(rf"{prefix}_[a-z0-9]+")
    found: set[str] = set()
    for mention in mentions.values():
        for rows, column in mention.places(app):
            texts = rows.order_by().annotate(written=Cast(column, TextField())).filter(written__contains=f"{prefix}_")
            for text in texts.values_list("written", flat=True).iterator():
                found.update(written.findall(text))
    return found
