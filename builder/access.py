"""The doors: the only way to fetch each kind of object for a person. What is not theirs does not exist for them
(P27)."""

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse

from builder.document_cache import read
from builder.errors import NotFound, Refused, StreamwrightError
from builder.expressions.catalog import Catalog
from builder.models import App, Document, User
from builder.people.rights import NONE, apps_with, rights_in

# Methods that change nothing.
SAFE = ("GET", "HEAD", "OPTIONS")


class SignInFirst(StreamwrightError):
    """Nobody is signed in. Answered with the sign-in page, which leads back afterwards."""

    code = "sign_in_first"
    status = 401
    sentence = "Sign in to see this."

    def response(self, request: HttpRequest) -> HttpResponse:
        return redirect_to_login(request.get_full_path())


class OnlyLooks(Refused):
    """A viewer of the app tries to change it."""

    code = "only_looks"
    status = 403
    sentence = "You can look at {app}, not change it."
    why = "You are a viewer of this app."
    todo = "Ask {owner}, who owns it, to make you an editor."


class NoLonger(Refused):
    """Somebody who has the app open was removed from it, or it was deleted."""

    code = "no_longer"
    status = 403
    sentence = "You are no longer in {app}, or it was deleted."


class SignedOut(Refused):
    code = "signed_out"
    status = 401
    sentence = "You are signed out."
    todo = "Load the page again to sign in."


class OnlyItsOwner(Refused):
    code = "only_its_owner"
    status = 403
    sentence = "Only {owner}, who owns {app}, can do this."


def person(request: HttpRequest) -> User:
    """The person who is signed in; anybody else is sent to the sign-in page."""
    if not request.user.is_authenticated:
        raise SignInFirst
    return cast(User, request.user)


def apps_of(user: User | AnonymousUser) -> QuerySet[App]:
    """Every app a person can see: their own, and those they were invited to."""
    return apps_with("see", user)


def app_for(user: User | AnonymousUser, slug: str, right: str = "edit") -> App:
    """An app by its address, for somebody with this right. What they may not even see does not exist for them."""
    app = App.objects.filter(slug=slug).select_related("owner").first()
    rights = rights_in(app, user) if app else NONE
    if app is None or "see" not in rights:
        raise NotFound
    if right not in rights:
        raise (OnlyItsOwner if right == "own" else OnlyLooks)(app=app.name, owner=str(app.owner))
    return app


def app_here(request: HttpRequest, slug: str, right: str = "") -> App:
    """An app by its address, for the signed-in person: the first line of the editor's views. Whoever may see an app may
    request everything in it; changing it, which no view does for a `GET`, requires the right to edit."""
    return app_for(person(request), slug, right or ("see" if request.method in SAFE else "edit"))


def documents_of(app: App, kind: str) -> list[Document]:
    """All documents of one kind, in the order they were created."""
    return list(app.documents.filter(kind=kind))


def document_of(app: App, kind: str, key: str) -> Document:
    """One document of an app by its kind and key."""
    document = app.documents.filter(kind=kind, key=key).first()
    if document is None:
        raise NotFound
    return document


def page_of(app: App, key: str) -> Document:
    """The document that elements are in, by its key: a page, or a reusable element."""
    document = app.documents.filter(kind__in=("page", "reusable"), key=key).first()
    if document is None:
        raise NotFound
    return document


def catalog_of(app: App) -> Catalog:
    """All documents of an app, read at once."""
    rows = app.documents.annotate(text=Cast("body", TextField())).values_list("kind", "key", "text")
    return Catalog(((kind, key, read((app.pk, kind, key), text)) for kind, key, text in rows), app.pk)
