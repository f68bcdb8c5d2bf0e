"""`manage.py seed`: the owner and the demo app, made once."""

import pytest
from django.core.management import call_command

from builder.models import App, User
from builder.starters import starters

pytestmark = pytest.mark.django_db


def test_the_owner_runs_this_server_and_has_no_password() -> None:
    call_command("seed")
    owner = User.objects.get()
    assert (owner.email, owner.is_server_owner, owner.has_usable_password()) == ("owner@localhost", True, False)


def test_the_owners_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OWNER_EMAIL", "Ada@Example.org")
    call_command("seed")
    assert User.objects.get().email == "ada@example.org"


def test_the_demo_app_is_made_once_and_stays_deleted() -> None:
    call_command("seed")
    assert list(App.objects.values_list("slug", flat=True)) == (["demo"] if "demo" in starters else [])
    App.objects.all().delete()
    call_command("seed")
    assert (User.objects.count(), App.objects.count()) == (1, 0)


def test_where_somebody_owns_the_server_nothing_is_made(ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(is_server_owner=True)
    call_command("seed")
    assert (User.objects.count(), App.objects.count()) == (1, 0)
