"""Starters: the initial content of a new app. Each is one file that creates the app's documents."""

from django.db import transaction

from builder.document import Body, body, new_id, node
from builder.models import App, User
from builder.registry import Registry


class Starter:
    """One initial content. `documents()` returns `(kind, body)` pairs; a body's root id becomes the document's key."""

    name = ""
    label = ""
    hint = ""
    icon = "page"
    # One or two sentences below the choice: what it contains and what it requires.
    note = ""
    order = 100

    def documents(self) -> list[tuple[str, Body]]:
        raise NotImplementedError

    def after(self, app: App) -> None:
        """Create what the starter contains besides documents, such as recorded captures. Called in the same
        transaction."""

    def make(self, owner: User, name: str, slug: str) -> App:
        """Create an app of `owner` with this starter's documents."""
        with transaction.atomic():
            app = App.objects.create(owner=owner, name=name, slug=slug, starter=self.name)
            for kind, made in self.documents():
                app.documents.create(kind=kind, key=made["root"], body=made)
            self.after(app)
        return app


starters: Registry[Starter] = Registry("starter", "starters")


def blank_page(name: str = "index") -> Body:
    """An empty page."""
    key = new_id("pg")
    return body(key, {key: node("page", name, {"title": name.capitalize()}, children=[], states=[])})
