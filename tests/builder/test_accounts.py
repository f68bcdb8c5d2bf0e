"""Getting in and out: passwords, throttling, one-time links, new accounts and forgotten passwords."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from builder.models import SignInLink, User
from builder.people import sign_in_link
from tests.people import PASSWORD


@pytest.fixture(autouse=True)
def nobody_has_tried_anything(db: Any) -> None:
    cache.clear()


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_in(client: Client, email: str = "ada@example.org", password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/sign-in/", {"username": email, "password": password}, **extra)


# Signing in and out


def test_it_works(client: Client, ada: User) -> None:
    assert sign_in(client).url == "/"
    assert is_in(client)


def test_the_address_may_be_typed_in_capitals_and_with_spaces(client: Client, ada: User) -> None:
    sign_in(client, " ADA@Example.org ")
    assert is_in(client)


@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, ada: User, email: str) -> None:
    answer = sign_in(client, email, "wrong")
    assert answer.status_code == 200
    assert "The e-mail address or the password is wrong." in answer.content.decode()


def test_signing_in_leads_back_to_where_somebody_wanted_to_go(client: Client, ada: User) -> None:
    answer = client.get("/apps/new/")
    assert answer.url == "/sign-in/?next=/apps/new/"
    answer = client.post(answer.url, {"username": ada.email, "password": PASSWORD, "next": "/apps/new/"})
    assert answer.url == "/apps/new/"


def test_signing_in_never_leads_to_another_site(client: Client, ada: User) -> None:
    answer = client.post(
        "/sign-in/", {"username": ada.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert answer.url == "/"


def test_signing_out_takes_a_post(ada_client: Client) -> None:
    assert ada_client.get("/sign-out/").status_code == 405
    assert is_in(ada_client)
    assert ada_client.post("/sign-out/").url == "/sign-in/"
    assert not is_in(ada_client)


# Throttling: five tries, then a rest


def test_after_five_wrong_tries_even_the_right_password_has_to_wait(client: Client, ada: User) -> None:
    for _ in range(5):
        answer = sign_in(client, password="wrong")
    assert answer.status_code == 429
    answer = sign_in(client)
    assert "Too many tries. Wait 15 minutes and try again." in answer.content.decode()
    assert answer["Retry-After"] == "900"
    assert not is_in(client)


def test_tries_from_before_the_clock_was_set_back_lock_nobody_out(client: Client, ada: User) -> None:
    for _ in range(5):
        sign_in(client, password="wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() + timedelta(days=1))
    assert sign_in(client).status_code == 302


def test_tries_are_counted_per_account_and_not_per_spelling(client: Client, ada: User) -> None:
    for email in ("ada@example.org", "ADA@example.org", "Ada@Example.org", "aDa@example.org", " ada@example.org"):
        answer = sign_in(client, email, "wrong")
    assert answer.status_code == 429


def test_tries_from_elsewhere_and_on_others_do_not_lock_somebody_out(client: Client, ada: User, bo: User) -> None:
    for _ in range(6):
        sign_in(client, password="wrong", REMOTE_ADDR="192.0.2.7")
        sign_in(client, bo.email, "wrong")
    assert sign_in(client).status_code == 302


# Links that sign in once


def test_a_link_shows_a_button_and_only_the_button_uses_it_up(client: Client, ada: User) -> None:
    url = f"/link/{sign_in_link.issue(ada)}/"
    for _ in range(2):
        assert "Sign in as Ada" in client.get(url).content.decode()
    assert not is_in(client)
    assert client.post(url).url == "/"
    assert is_in(client)


def test_a_link_works_once(client: Client, ada: User) -> None:
    url = f"/link/{sign_in_link.issue(ada)}/"
    client.post(url)
    other = Client()
    assert other.post(url).status_code == 404
    assert "no longer works" in other.get(url).content.decode()
    assert not is_in(other)


def test_a_link_works_for_15_minutes(client: Client, ada: User) -> None:
    token = sign_in_link.issue(ada)
    assert timedelta(minutes=14) < SignInLink.objects.get().expires - timezone.now() <= timedelta(minutes=15)
    SignInLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert client.post(f"/link/{token}/").status_code == 404
    assert not is_in(client)


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.4", "::2", "", "127.0.0.1.example"])
def test_a_link_is_refused_from_any_other_machine(client: Client, ada: User, address: str) -> None:
    answer = client.post(f"/link/{sign_in_link.issue(ada)}/", REMOTE_ADDR=address)
    assert answer.status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_link_works_from_every_address_of_this_machine(client: Client, ada: User, address: str) -> None:
    client.post(f"/link/{sign_in_link.issue(ada)}/", REMOTE_ADDR=address)
    assert is_in(client)


def test_a_link_is_refused_through_a_proxy_which_makes_everybody_look_local(client: Client, ada: User) -> None:
    answer = client.post(f"/link/{sign_in_link.issue(ada)}/", HTTP_X_FORWARDED_FOR="127.0.0.1")
    assert answer.status_code == 403


def test_only_the_hash_of_a_link_is_kept(ada: User) -> None:
    token = sign_in_link.issue(ada)
    assert token not in str(SignInLink.objects.values())


def test_a_link_that_was_never_given_out_is_not_there(client: Client, ada: User) -> None:
    assert client.get("/link/None/").status_code == 404
    assert client.post("/link/0/").status_code == 404


# New accounts


def new_account(**changes: str) -> dict[str, str]:
    return {"name": "Dee", "email": "dee@example.org", "password": "a long enough one", **changes}


def test_the_first_account_is_made_on_this_machine_and_owns_the_server(client: Client) -> None:
    assert client.post("/sign-up/", new_account()).url == "/"
    assert User.objects.get().is_server_owner
    assert is_in(client)


def test_the_first_account_cannot_be_made_over_the_network(client: Client) -> None:
    """Nobody wins a race for a fresh server."""
    answer = client.post("/sign-up/", new_account(), REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 403
    assert not User.objects.exists()


def test_once_there_is_an_owner_sign_up_is_closed(client: Client, ada: User) -> None:
    answer = client.post("/sign-up/", new_account())
    assert "New accounts are closed on this server." in answer.content.decode()
    assert User.objects.count() == 1
    assert "/sign-up/" not in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("there", [True, False], ids=["with an owner", "on a fresh server"])
def test_an_open_server_makes_accounts_but_no_owners(client: Client, settings: Any, there: bool) -> None:
    settings.SIGN_UP_OPEN = True
    if there:
        User.objects.create_user("ada@example.org")
    client.post("/sign-up/", new_account(), REMOTE_ADDR="192.0.2.7")
    assert not User.objects.get(email="dee@example.org").is_server_owner


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "ADA@example.org"}, "There is an account with this e-mail address."),
        ({"email": "nonsense"}, "This is not an e-mail address. Write it like name@example.org."),
        ({"password": "short"}, "at least 10 characters"),
        ({"password": "password1234"}, "too common"),
        ({"name": ""}, "Fill this in."),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_in_its_field(
    client: Client, ada: User, settings: Any, changes: dict[str, str], sentence: str
) -> None:
    settings.SIGN_UP_OPEN = True
    answer = client.post("/sign-up/", new_account(**changes))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert User.objects.count() == 1
    (focused,) = re.findall(r'name="(\w+)"[^>]* autofocus', answer.content.decode())
    assert focused in changes


# Forgotten passwords


def reset_link(client: Client, email: str = "ada@example.org", **extra: Any) -> str:
    client.post("/password/", {"email": email}, **extra)
    return re.search(r"https?://\S+", mail.outbox[-1].body)[0]  # type: ignore[index]


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(client: Client, ada: User) -> None:
    link = client.get(reset_link(client), follow=True)
    answer = client.post(
        link.request["PATH_INFO"], dict.fromkeys(("new_password1", "new_password2"), "a brand new one")
    )
    assert answer.url == "/"
    assert is_in(client)
    ada.refresh_from_db()
    assert ada.check_password("a brand new one")


def test_the_link_in_the_mail_works_once(client: Client, ada: User) -> None:
    link = reset_link(client)
    path = client.get(link, follow=True).request["PATH_INFO"]
    client.post(path, dict.fromkeys(("new_password1", "new_password2"), "a brand new one"))
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_the_mail_names_the_host_of_the_settings_and_not_that_of_the_request(
    client: Client, ada: User, settings: Any
) -> None:
    """Whoever asks cannot put an address of their own into the mail."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.ORIGINS = ["https://build.example.org"]
    link = reset_link(client, HTTP_HOST="evil.example", HTTP_ORIGIN="https://evil.example")
    assert link.startswith("https://build.example.org/password/")


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, ada: User) -> None:
    known = client.post("/password/", {"email": ada.email})
    unknown = client.post("/password/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [mail.to for mail in mail.outbox] == [[ada.email]]


def test_somebody_who_never_had_a_password_can_get_one(client: Client) -> None:
    User.objects.create_user("owner@example.org")
    assert "/password/" in reset_link(client, "owner@example.org")


def test_after_five_mails_the_sixth_has_to_wait(client: Client, ada: User) -> None:
    answers = [client.post("/password/", {"email": ada.email}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_mails_from_before_the_clock_was_set_back_lock_nobody_out(
    client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache, which counts them, forgets by the clock on the wall."""
    for _ in range(6):
        client.post("/password/", {"email": ada.email})
    now = time.time(), time.monotonic()
    monkeypatch.setattr(time, "time", lambda: now[0] - 86_400 + 901)
    monkeypatch.setattr(time, "monotonic", lambda: now[1] + 901)
    assert client.post("/password/", {"email": ada.email}).status_code == 302


def test_an_address_that_is_none_is_said_in_our_words(client: Client) -> None:
    answer = client.post("/password/", {"email": "ada at example"})
    assert "This is not an e-mail address. Write it like name@example.org." in answer.content.decode()
    assert not mail.outbox
