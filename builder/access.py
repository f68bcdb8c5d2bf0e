"""The doors: the one way each noun is fetched for a person. What is not theirs does not exist for them (P27)."""

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from builder.errors import NotFound, StreamwrightError
from builder.expressions.catalog import Catalog
from builder.models import App, Document, User


class SignInFirst(StreamwrightError):
    """Nobody is signed in. Answered with the sign-in page, which leads back."""

    code = "sign_in_first"
    status = 401
    sentence = "Sign in to see this."

    def response(self, request: HttpRequest) -> HttpResponse:
        return redirect_to_login(request.get_full_path())


def person(request: HttpRequest) -> User:
    """Who is signed in; else the sign-in page."""
    if not request.user.is_authenticated:
        raise SignInFirst
    return cast(User, request.user)


def apps_of(user: User | AnonymousUser) -> QuerySet[App]:
    """Every app a person may edit."""
    return App.objects.filter(owner_id=user.pk) if user.is_authenticated else App.objects.none()


def app_for(user: User | AnonymousUser, slug: str) -> App:
    """An app that `user` may edit, by its address."""
    app = apps_of(user).filter(slug=slug).first()
    if app is None:
        raise NotFound
    return app


def app_here(request: HttpRequest, slug: str) -> App:
    """An app that the signed-in person may edit, by its address: the first line of the editor's views."""
    return app_for(person(request), slug)


def documents_of(app: App, kind: str) -> list[Document]:
    """All documents of one kind, in the order they were made."""
    return list(app.documents.filter(kind=kind))


def document_of(app: App, kind: str, key: str) -> Document:
    """One document of an app by its kind and key."""
    document = app.documents.filter(kind=kind, key=key).first()
    if document is None:
        raise NotFound
    return document


def catalog_of(app: App) -> Catalog:
    """All documents of an app, read at once."""
    return Catalog(((row.kind, row.key, row.body) for row in app.documents.all()), app.pk)
