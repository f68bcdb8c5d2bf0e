"""P29: never one call more than allowed, by however many threads and processes; slots of the dead are free again."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from builder.chosen import choose
from builder.edition import DEVELOPMENT, LIVE, Edition
from builder.models import App
from builder.people.visitor import NOBODY, Visitor
from builder.starters import starters
from connector.asking.errors import CallGone
from connector.models import CallSlot, CallsUsed
from connector.spending import counting
from connector.spending.budgets import OverBudget
from tests.server import ROOT

ANN, BEN = Visitor("vs:ann", address="192.0.2.1"), Visitor("vs:ben", address="192.0.2.2")


@pytest.fixture
def live(ada) -> Edition:
    return Edition(starters["blank"].make(ada, "Juniper", "juniper"), LIVE)


def chosen(edition: Edition, **numbers: int) -> None:
    choose(counting.SECTION, {f"live_{name}": number for name, number in numbers.items()}, edition.app)


def take(edition: Edition, visitor: Visitor = ANN, *, keep: bool = False) -> str:
    """Which budget is used up; nothing when there was room. The call is over at once, unless it is kept."""
    try:
        slot = counting.take(edition, visitor)
    except OverBudget as error:
        return str(error)
    if not keep:
        counting.free(slot)
    return ""


@pytest.mark.parametrize(
    ("numbers", "visitors", "said"),
    [
        ({"visitor_minute": 3}, [ANN], "3 calls a minute for one visitor"),
        ({"visitor_day": 3}, [ANN], "3 calls a day for one visitor"),
        ({"address_minute": 3}, [Visitor(f"vs:{n}", address="192.0.2.1") for n in range(4)], "3 calls a minute for one address"),
        ({"address_day": 3}, [Visitor(f"vs:{n}", address="192.0.2.1") for n in range(4)], "3 calls a day for one address"),
        ({"app_minute": 3}, [Visitor(f"vs:{n}", address=f"192.0.2.{n}") for n in range(4)], "3 calls a minute for the whole app"),
        ({"app_day": 3}, [NOBODY], "3 calls a day for the whole app"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_the_fourth_of_three_is_refused(live, numbers, visitors, said) -> None:
    chosen(live, **numbers)
    answers = [take(live, visitors[number % len(visitors)]) for number in range(4)]
    assert answers[:3] == ["", "", ""] and said in answers[3]


@pytest.mark.django_db
def test_what_was_refused_is_not_counted_anywhere(live) -> None:
    chosen(live, visitor_minute=1, app_minute=3)
    assert [bool(take(live)) for _ in range(5)] == [False, True, True, True, True]
    assert CallsUsed.objects.get(kind="app").in_minute == 1
    assert not take(live, BEN) and not take(live, NOBODY) and take(live, NOBODY)


@pytest.mark.django_db
def test_a_minute_and_a_day_end(live) -> None:
    chosen(live, visitor_minute=1, visitor_day=2)
    assert not take(live) and take(live)
    CallsUsed.objects.update(minute=F("minute") - timedelta(seconds=61))
    assert not take(live) and "a day" in take(live)
    CallsUsed.objects.update(day=timezone.now().date() - timedelta(days=1), minute=F("minute") - timedelta(seconds=61))
    assert not take(live)


@pytest.mark.django_db
def test_P29_a_clock_that_is_set_back_keeps_nobody_waiting_for_what_was_counted_before(live) -> None:
    chosen(live, visitor_minute=1, visitor_at_once=2)
    take(live, keep=True), CallsUsed.objects.update(minute=timezone.now() + timedelta(seconds=59))
    assert "a minute" in take(live), "two processes may read the clock in one order and count in another"
    CallsUsed.objects.update(minute=timezone.now() + timedelta(hours=1), day=timezone.now().date() + timedelta(days=1))
    CallSlot.objects.update(until=timezone.now() + timedelta(hours=1))
    assert not take(live, keep=True) and "a minute" in take(live)
    assert counting.used(live.app, LIVE)["at_once"] == 1


@pytest.mark.django_db
def test_when_to_try_again_is_said(live) -> None:
    chosen(live, visitor_minute=1)
    take(live)
    CallsUsed.objects.update(minute=timezone.now() - timedelta(seconds=20))
    with pytest.raises(OverBudget) as refused:
        counting.take(live, ANN)
    said = re.fullmatch(r"A lot was asked for in one minute. Try again in (\d+) seconds.", refused.value.kindly)
    # The database's clock may be a millisecond behind ours, and what is over a second counts as one.
    assert said and 20 < int(said[1]) <= 41


@pytest.mark.django_db
def test_calls_at_once_are_free_again_when_they_are_over(live) -> None:
    chosen(live, visitor_at_once=2)
    first, _ = counting.take(live, ANN), counting.take(live, ANN)
    assert "2 calls at once for one visitor" in take(live) and not take(live, BEN)
    counting.free(first)
    assert not take(live)


@pytest.mark.django_db
def test_the_slots_of_a_process_that_died_are_free_again_and_those_of_one_that_lives_are_not(live) -> None:
    chosen(live, visitor_at_once=2)
    alive, dead = counting.take(live, ANN), counting.take(live, ANN)
    CallSlot.objects.update(until=timezone.now() + timedelta(seconds=1))
    counting.renew([alive])
    assert take(live)
    CallSlot.objects.filter(pk=dead).update(until=timezone.now() - timedelta(seconds=1))
    assert not take(live, keep=True) and take(live)
    counting.renew([alive])
    assert not CallSlot.objects.filter(pk=dead).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("scope", ["address", "app"])
def test_where_there_is_no_room_fresh_cookies_leave_no_rows(live, scope) -> None:
    chosen(live, **{f"{scope}_at_once": 1})
    take(live, keep=True)
    before = CallsUsed.objects.count()
    for number in range(3):
        assert "at once" in take(live, Visitor(f"vs:fresh{number}", address="192.0.2.1"))
    assert CallsUsed.objects.count() == before


@pytest.mark.django_db
def test_the_first_call_of_a_visitor_asks_the_database_no_more_often_than_the_next(live) -> None:
    with CaptureQueriesContext(connection) as first:
        take(live, keep=True)
    with CaptureQueriesContext(connection) as next_one:
        take(live, keep=True)
    assert len(first) == len(next_one) <= 8


@pytest.mark.django_db
def test_development_and_live_are_counted_apart(live) -> None:
    chosen(live, app_minute=1)
    assert not take(live) and take(live)
    assert not take(Edition(live.app, DEVELOPMENT)) and counting.used(live.app, DEVELOPMENT)["day"] == 1


@pytest.mark.django_db
def test_one_app_does_not_spend_anothers_budget(live, ada) -> None:
    other = Edition(starters["blank"].make(ada, "Other", "other"), LIVE)
    chosen(live, visitor_minute=1)
    assert not take(live) and take(live) and not take(other)


@pytest.mark.django_db
def test_the_servers_most_holds_at_once_for_every_app(live) -> None:
    chosen(live, visitor_minute=100)
    choose(counting.OF_SERVER, {"most_visitor_minute": 1})
    assert not take(live) and take(live)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_an_address_of_IPv6_counts_as_its_network(one: str, other: str, same: bool) -> None:
    assert (counting.digest(one) == counting.digest(other)) is same


@pytest.mark.parametrize("nonsense", ["", "unknown", "_hidden", "192.0.2.1, 192.0.2.2", "x" * 5000])
def test_what_is_no_address_is_not_counted_as_one(nonsense: str) -> None:
    assert counting.digest(nonsense) == ""


@pytest.mark.django_db
def test_no_address_can_be_read_in_the_database(live) -> None:
    take(live, keep=True)
    rows = [*CallsUsed.objects.values_list("who", flat=True), *CallSlot.objects.values_list("address", flat=True)]
    assert len([row for row in rows if row]) == 3 and not any("192.0.2" in row for row in rows)


@pytest.mark.django_db
def test_what_was_used_is_told(live) -> None:
    for visitor in (ANN, ANN, BEN):
        take(live, visitor)
    take(live, keep=True)
    assert counting.used(live.app, LIVE) == {"day": 4, "visitor": 3, "at_once": 1}
    assert counting.used(live.app, DEVELOPMENT) == {"day": 0, "visitor": 0, "at_once": 0}


@pytest.mark.django_db
def test_counts_of_days_gone_are_forgotten(live) -> None:
    take(live)
    CallsUsed.objects.filter(kind="address").update(day=timezone.now().date() - timedelta(days=1))
    assert counting.forget() == 0
    CallsUsed.objects.filter(kind="visitor").update(day=timezone.now().date() - timedelta(days=2))
    assert counting.forget() == 1


@pytest.mark.django_db
def test_p29_what_else_is_counted_has_a_most_a_day_for_each(live) -> None:
    def add(much: int, **caps: int) -> bool:
        return counting.add(live, "bytes", caps, much)

    assert not add(11, ann=10)
    assert add(4, ann=10, net=15) and add(6, ann=10, net=15)
    assert not add(1, ann=10, net=15) and add(5, ben=10, net=15)
    assert not add(1, ben=10, net=15)
    assert dict(CallsUsed.objects.values_list("who", "in_day")) == {"ann": 10, "ben": 5, "net": 15}
    CallsUsed.objects.update(day=timezone.now().date() - timedelta(days=1))
    assert add(10, ann=10, net=15)
    assert counting.used(live.app, LIVE) == {"day": 0, "visitor": 0, "at_once": 0}


@pytest.mark.django_db
def test_of_an_app_that_is_gone_there_is_nothing_to_spend(live) -> None:
    App.objects.all().delete()
    with pytest.raises(CallGone):
        counting.take(live, ANN)


# Threads and processes


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("numbers", [{"visitor_minute": 12}, {"app_day": 12}, {"address_at_once": 12}])
def test_never_one_more_by_threads(live, numbers) -> None:
    chosen(live, **{"visitor_at_once": 100, "address_at_once": 100, "visitor_minute": 100} | numbers)

    def call(number: int) -> bool:
        try:
            return not take(live, keep=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(call, range(40))) == 12
    assert CallSlot.objects.count() == CallsUsed.objects.get(kind="app").in_day == 12


# Another process: calls as often as it may, and says how often that was.
CALLS = """
import sys
import django
django.setup()
from builder.edition import LIVE, Edition
from builder.models import App
from tests.connector.spending.test_counting import ANN, take
edition = Edition(App.objects.get(pk=sys.argv[1]), LIVE)
print(sum(not take(edition, ANN, keep=True) for _ in range(15)))
"""


@pytest.mark.django_db(transaction=True)
def test_never_one_more_by_processes(live) -> None:
    chosen(live, visitor_minute=20, visitor_at_once=100)
    command = [sys.executable, "-c", CALLS, live.app.pk]
    database = str(connection.settings_dict["NAME"])
    where = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_PATH": database}
    if settings.DATABASE_URL:
        where["DATABASE_URL"] = urlsplit(settings.DATABASE_URL)._replace(path=f"/{database}").geturl()
    started = [
        subprocess.Popen(command, cwd=ROOT, env=os.environ | where, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert sum(int(one.communicate(timeout=100)[0]) for one in started) == 20 == CallSlot.objects.count()


def test_P29_an_address_is_counted_under_the_same_name_after_an_upgrade(settings) -> None:
    """By HMAC-SHA256 under a key of the server's own and a salt that must stay, wherever the code stands."""
    settings.SECRET_KEY = "a key of this test"
    assert counting.digest("192.0.2.1") == counting.digest("::ffff:192.0.2.1") == "7553f8c1889121b08ace092d4c0f5f00"
