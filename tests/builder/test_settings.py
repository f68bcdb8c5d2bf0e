"""What the sections of Settings do; that each is shown, stored and refused is tested for all in tests/contracts."""

from threading import Thread
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from builder.chosen import choose, choosing, chosen
from builder.models import App, User
from builder.people import sign_in_link
from builder.sections.email import mail_of
from builder.sections.media import media_hosts
from builder.sections.people import _change
from builder.sections.retention import kept
from builder.sections.sign_up import sign_up_is_open
from builder.starters import starters
from tests.people import signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def app(ada: User) -> App:
    ada.is_server_owner = True
    ada.save()
    return starters["blank"].make(ada, "Juniper", "juniper")


def post(client: Client, where: str, **data: Any) -> Any:
    return client.post(f"/apps/juniper/settings/{where}/", data, headers=HTMX)


def words(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


# General


@pytest.mark.django_db
def test_another_name_is_in_the_tab_at_once(app: App, ada_client: Client) -> None:
    assert "<title>General, Night gardener" in words(post(ada_client, "general/name", name=" Night gardener "))
    assert App.objects.get().name == "Night gardener"


@pytest.mark.django_db
def test_what_the_app_switcher_is_called_follows_the_name_that_a_gesture_changes(app: App, ada_client: Client) -> None:
    """Its words are the only place of the name: nothing beside them would stay old until a reload."""
    page = words(ada_client.get("/apps/juniper/settings/"))
    before, _, rest = page.partition('id="app-name"')
    button = before[before.rindex("<button") :]
    assert "App: " in button and "aria-label" not in button and rest.startswith(">Juniper</b>")
    assert 'id="app-name" hx-swap-oob="true">Night gardener</b>' in words(
        post(ada_client, "general/name", name="Night gardener")
    )


@pytest.mark.django_db
def test_another_address_leads_there_and_the_old_one_nowhere(app: App, ada_client: Client) -> None:
    answer = post(ada_client, "general/move", slug="night")
    assert answer["HX-Redirect"] == "/apps/night/settings/general/"
    assert ada_client.get("/apps/night/settings/").status_code == 200
    assert ada_client.get("/apps/juniper/settings/").status_code == 404


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("taken", "This address is taken."),
        ("new", "This address is kept"),
        ("", "Fill this in."),
        ("ä ö", "Only letters without accents"),
    ],
)
@pytest.mark.django_db
def test_an_address_that_cannot_be_is_said_in_its_place(app, ada, ada_client, slug, sentence) -> None:
    starters["blank"].make(ada, "Other", "taken")
    answer = words(post(ada_client, "general/move", slug=slug))
    assert sentence in answer and f'value="{slug}"' in answer
    assert App.objects.filter(slug="juniper").exists()


# Media hosts


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("images.example.org", "images.example.org"),
        (" HTTPS://Images.Example.org/a/b.png?c ", "images.example.org"),
        ("*.example.org", "*.example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("example.org.", "example.org"),
    ],
)
@pytest.mark.django_db
def test_a_host_is_kept_as_it_is_looked_up(app, ada_client, typed, host) -> None:
    assert f"Pages may show what is on {host}." in words(post(ada_client, "media/add", host=typed))
    assert media_hosts(app) == [host]
    assert f"of {host} any more" in words(post(ada_client, "media/remove", host=host)) and media_hosts(app) == []


@pytest.mark.parametrize(
    "typed",
    ["localhost", "192.0.2.1", "a b.example", "example.org; script-src *", "'unsafe-inline'", "data:", "*", "*.", "http://example.org", "user@example.org", "example.org:8443", "-a.example", "x" * 64 + ".org", "a..example"],
)  # fmt: skip
@pytest.mark.django_db
def test_what_is_no_hosts_name_never_gets_into_a_policy(app, ada_client, typed) -> None:
    answer = words(post(ada_client, "media/add", host=typed))
    assert "This is not a host&#x27;s name. Write it like images.example.org." in answer and media_hosts(app) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Fill this in."), ("*.org", "Name a domain behind the star, like *.example.org."), ("*.*.org", "not a host")],
)
@pytest.mark.django_db
def test_what_is_missing_in_a_host_is_said(app: App, ada_client: Client, typed: str, sentence: str) -> None:
    assert sentence in words(post(ada_client, "media/add", host=typed)) and media_hosts(app) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_a_host_at_the_same_moment_neither_loses_it(app: App, ada_client: Client) -> None:
    def add() -> None:
        try:
            post(ada_client, "media/add", host="b.example")
        finally:
            connection.close()

    other = Thread(target=add)
    with choosing("media", app) as kept:
        other.start()
        other.join(0.5)
        kept["hosts"] = ["a.example"]
    other.join()
    assert media_hosts(app) == ["a.example", "b.example"]


@pytest.mark.django_db
def test_pages_may_load_images_from_the_hosts_and_from_nowhere_else(app: App, ada_client: Client) -> None:
    page = app.documents.get(kind="page").key
    before = ada_client.get(f"/preview/juniper/{page}/")["Content-Security-Policy"]
    post(ada_client, "media/add", host="images.example.org")
    after = ada_client.get(f"/preview/juniper/{page}/")["Content-Security-Policy"]
    assert "example.org" not in before and "img-src 'self' data: https://images.example.org;" in after + ";"
    assert "example.org" not in ada_client.get("/apps/juniper/design/")["Content-Security-Policy"]


# E-mail


@pytest.mark.django_db
def test_a_mail_of_the_app_comes_from_its_name_at_the_servers_address(app: App, ada: User, ada_client: Client) -> None:
    post(ada_client, "email/reply_to", reply_to="help@example.org")
    assert "on its way" in words(post(ada_client, "email/try_it"))
    sent = mail.outbox[0]
    assert (sent.from_email, sent.to, sent.reply_to) == (
        "Juniper <streamwright@localhost>",
        [ada.email],
        ["help@example.org"],
    )


@pytest.mark.django_db
def test_no_header_can_be_written_into_a_mail(app: App, ada_client: Client) -> None:
    post(ada_client, "email/sender", sender="Juniper\r\nBcc: cy@example.org")
    mail_of(app, "Hello", "Words", "bo@example.org").send()
    assert mail.outbox[0].recipients() == ["bo@example.org"] and "\n" not in mail.outbox[0].from_email


@pytest.mark.django_db
def test_a_server_that_sends_nothing_says_so(app: App, ada_client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "prints e-mails to its log and sends none" in words(ada_client.get("/apps/juniper/settings/email/"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = words(ada_client.get("/apps/juniper/settings/email/"))
    assert "sends none" not in page and "Apps cannot send e-mails yet." in page
    assert "It could not be sent" in words(post(ada_client, "email/try_it"))


# Retention


@pytest.mark.django_db
def test_what_is_kept_is_what_was_chosen_or_else_the_default(app: App, ada_client: Client) -> None:
    post(ada_client, "retention/runs", runs="1,234")
    assert kept(app) == {"captures": 20, "capture_days": 365, "runs": 1_234, "run_days": 30}


@pytest.mark.django_db
def test_what_connector_and_Settings_keep_has_one_name(app: App, ada_client: Client) -> None:
    page = words(ada_client.get("/apps/juniper/settings/retention/"))
    assert "Captures of a call" in page and "ecording" not in page


# People


def invited(client: Client, email: str) -> str:
    """The path of the link that is shown."""
    answer = words(post(client, "people/invite", email=email))
    return "/link/" + answer.split("/link/")[1].split('"')[0]


@pytest.mark.django_db
def test_who_is_invited_gets_in_from_anywhere_once_and_chooses_a_password(app: App, ada_client: Client) -> None:
    link, browser = invited(ada_client, "Dee@Example.org"), Client(REMOTE_ADDR="192.0.2.9")
    assert "You are invited" in words(browser.get(link))
    chooses = browser.post(link).url
    assert chooses.startswith("/password/") and Client().post(link).status_code == 404
    page = browser.get(chooses, follow=True)
    assert "password" in words(page)
    new = {"new_password1": "a long enough secret", "new_password2": "a long enough secret"}
    assert browser.post(page.redirect_chain[-1][0], new).status_code == 302
    dee = User.objects.get(email="dee@example.org")
    assert dee.check_password("a long enough secret") and not dee.is_server_owner


@pytest.mark.django_db
def test_a_new_invitation_ends_the_one_before_and_nobody_is_invited_who_has_an_account(app, ada_client, bo) -> None:
    first, second = invited(ada_client, "dee@example.org"), invited(ada_client, "dee@example.org")
    assert Client().get(first).status_code == 404 and Client().get(second).status_code == 200
    assert "There is an account" in words(post(ada_client, "people/invite", email=bo.email))
    User.objects.filter(email="dee@example.org").update(is_active=False)
    assert Client().get(second).status_code == 404
    assert "switched off" in words(post(ada_client, "people/invite", email="dee@example.org"))


@pytest.mark.django_db
def test_the_link_of_an_invitation_is_copied_by_a_press(app: App, ada_client: Client) -> None:
    answer = words(post(ada_client, "people/invite", email="dee@example.org"))
    copied = answer.split("<sw-copy")[1].split("</sw-copy>")[0]
    assert "/link/" in copied and "Copy</button>" in copied


@pytest.mark.django_db
def test_who_left_without_choosing_a_password_is_invited_again(app: App, ada_client: Client) -> None:
    assert Client().post(invited(ada_client, "dee@example.org")).url.startswith("/password/")
    assert User.objects.get(email="dee@example.org").last_login
    assert Client().get(invited(ada_client, "dee@example.org")).status_code == 200


@pytest.mark.django_db
def test_nobody_gets_into_another_owners_account_by_an_invitation(app: App, ada_client: Client) -> None:
    other = User.objects.create_user("owner@localhost.example", is_server_owner=True)
    Client().post(f"/link/{sign_in_link.issue(other)}/")
    assert "There is an account" in words(post(ada_client, "people/invite", email=other.email))


@pytest.mark.django_db
def test_an_invitation_ends_when_there_is_a_password(app: App, ada_client: Client) -> None:
    link, dee = invited(ada_client, "dee@example.org"), User.objects.get(email="dee@example.org")
    dee.set_password("a long enough secret")
    dee.save()
    assert Client().get(link).status_code == Client().post(link).status_code == 404


@pytest.mark.django_db
def test_who_comes_too_late_is_sent_to_who_invited_them_and_not_to_a_command(app: App, ada_client: Client) -> None:
    link = invited(ada_client, "dee@example.org")
    Client().post(link)
    for place in ("127.0.0.1", "192.0.2.9"):
        answer = Client(REMOTE_ADDR=place).get(link)
        said = answer.content.decode()
        assert (
            answer.status_code == 404 and "Ask whoever invited you for a new one." in said and "manage link" not in said
        )
    assert "Ask whoever invited you" in Client(REMOTE_ADDR="192.0.2.9").get("/link/never/").content.decode()
    assert "./run manage link" in Client().get("/link/never/").content.decode()


@pytest.mark.django_db
def test_every_other_link_still_works_on_this_machine_only(ada: User) -> None:
    link = f"/link/{sign_in_link.issue(ada)}/"
    assert Client(REMOTE_ADDR="192.0.2.9").get(link).status_code == 403


@pytest.mark.django_db
def test_P28_who_is_switched_off_is_out_at_once_and_the_apps_stay(app, ada_client, bo) -> None:
    browser = signed_in(bo)
    starters["blank"].make(bo, "Bo's", "bos")
    assert browser.get("/apps/bos/settings/").status_code == 200
    assert "cannot sign in any more" in words(post(ada_client, "people/switch_off", person=bo.pk))
    assert browser.get("/apps/bos/settings/").status_code == 302 and App.objects.filter(slug="bos").exists()
    assert "can sign in again" in words(post(ada_client, "people/switch_on", person=bo.pk))
    assert signed_in(bo).get("/apps/bos/settings/").status_code == 200


@pytest.mark.django_db
def test_another_owner_sees_the_server_and_is_made_a_builder_again(app, ada_client, bo) -> None:
    starters["blank"].make(bo, "Bo's", "bos")
    post(ada_client, "people/make_owner", person=bo.pk)
    assert signed_in(bo).get("/apps/bos/settings/people/").status_code == 200
    post(ada_client, "people/make_builder", person=bo.pk)
    assert signed_in(bo).get("/apps/bos/settings/people/").status_code == 404


@pytest.mark.parametrize("what", ["switch_off", "make_builder"])
@pytest.mark.django_db
def test_nobody_locks_themselves_out_and_nobody_unknown_is_changed(app, ada, ada_client, what) -> None:
    for person in (ada.pk, 999_999, "", "x", "1; drop"):
        assert post(ada_client, f"people/{what}", person=person).status_code == 404
    ada.refresh_from_db()
    assert ada.is_active and ada.is_server_owner


@pytest.mark.django_db
def test_of_two_owners_who_take_it_from_each_other_one_is_left(app, ada, bo, rf) -> None:
    User.objects.update(is_server_owner=True)
    for me, other in ((ada, bo), (bo, ada)):
        request = rf.post("/", {"person": other.pk})
        request.user = me
        try:
            _change(request, is_server_owner=False)
        except Exception as error:
            assert type(error).__name__ == "NotFound"
    assert User.objects.filter(is_server_owner=True).count() == 1


# Sign-up


@pytest.mark.parametrize("environment", [True, False])
@pytest.mark.django_db
def test_what_is_chosen_wins_over_the_environment(app, ada_client, settings, environment) -> None:
    settings.SIGN_UP_OPEN = environment
    assert sign_up_is_open() is environment
    assert "This follows SIGN_UP_OPEN" in words(ada_client.get("/apps/juniper/settings/sign_up/"))
    for typed, is_open in (({"open": "on"}, True), ({}, False)):
        assert "whatever SIGN_UP_OPEN says" in words(post(ada_client, "sign_up/open", **typed))
        assert sign_up_is_open() is is_open
        assert Client().get("/sign-up/").status_code == (200 if is_open else 403)


# What is stored


@pytest.mark.django_db
def test_values_of_one_section_never_touch_another(app: App) -> None:
    choose("media", {"hosts": ["a.example"]}, app)
    choose("retention", {"runs": 5}, app)
    choose("retention", {"runs": None, "run_days": 7}, app)
    choose("retention", {"runs": 9})
    assert (chosen("media", app), chosen("retention", app)) == ({"hosts": ["a.example"]}, {"run_days": 7})
    assert chosen("retention") == {"runs": 9} and chosen("email", app) == {}
