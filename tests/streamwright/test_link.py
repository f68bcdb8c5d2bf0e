"""`manage.py link`: a way in for whoever has this machine but no password."""

import pytest
from django.core.management import CommandError, call_command

from builder.models import SignInLink, User

pytestmark = pytest.mark.django_db


def test_the_link_is_for_the_owner_unless_somebody_is_named(
    ada: User, bo: User, capsys: pytest.CaptureFixture[str]
) -> None:
    User.objects.filter(pk=ada.pk).update(is_server_owner=True)
    call_command("link")
    assert SignInLink.objects.get().user == ada
    call_command("link", "Bo@example.org")
    assert SignInLink.objects.latest("pk").user == bo
    assert capsys.readouterr().out.count("http://127.0.0.1:8000/link/") == 2


@pytest.mark.parametrize(
    ("email", "sentence"),
    [([], "Nobody has an account here yet."), (["dee@example.org"], "Nobody here has the address dee@example.org.")],
)
def test_nobody_gets_no_link(email: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("link", *email)
