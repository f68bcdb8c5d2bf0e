"""Counting calls against budgets, in the database alone (S39, P29).

A number grows only where it is below its cap, and the row of the whole app is taken first, so that those who count for
one app come one after the other: no more calls are sent than allowed, however many threads and processes send them.
What was counted in a minute that is yet to come, before somebody set the clock back, keeps nobody waiting for it.
Every call waits for this, so the statements are written out: put together by the ORM they would take ten times as long.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import salted_hmac

from builder.edition import Edition
from builder.models import App, AppSettings, ServerSettings
from builder.people.visitor import Visitor
from connector.errors import CallGone
from connector.models import CallSlot, CallsUsed
from connector.spending.budgets import SCOPES, Caps, OverBudget

# The section of Settings that the numbers are chosen in, for an app and for all apps of the server.
SECTION, OF_SERVER = "budgets", "all_budgets"
MINUTE = timedelta(minutes=1)
# How long a slot is kept without a word of its process.
LEASE = timedelta(seconds=45)
# A minute may end while somebody looks why there is no room.
_TRIES = 4


def take(edition: Edition, visitor: Visitor, beside: Callable[[], None] = lambda: None) -> int:
    """Count one call and take a slot for it; the slot's key. `beside` is written in the same transaction. Raises
    OverBudget, and then nothing is counted, nor has whoever throws their cookie away each time a row."""
    place = (edition.app.pk, edition.environment)
    names = {"visitor": visitor.key, "address": digest(visitor.address), "app": ""}
    who = {kind: names[kind] for kind in SCOPES if names[kind] or kind == "app"}
    for _ in range(_TRIES):
        caps, now = caps_of(edition.app, edition.environment)
        with transaction.atomic():
            if _count(place, who, caps, now):
                slot = _slot(place, names, who, caps, now)
                beside()
                return slot
            transaction.set_rollback(True)
        rows = CallsUsed.objects.filter(app=edition.app, environment=edition.environment)
        _say_why({kind: rows.filter(kind=kind, who=name).first() for kind, name in who.items()}, caps, now)
    raise OverBudget.reached(edition.environment, "app", "at_once", caps.most["app", "at_once"])


def add(edition: Edition, kind: str, caps: Mapping[str, int], much: int) -> bool:
    """Count `much` more of a kind today for all of those whose most is in `caps`, by whatever tells them apart; False,
    and nothing is counted, where one of them has no room for it. `kind` is none of SCOPES, which are calls."""
    now = timezone.now()
    facts = {"app": edition.app.pk, "environment": edition.environment, "kind": kind, "much": much, "now": _stored(now)}
    facts["day"] = connection.ops.adapt_datefield_value(now.date())
    with transaction.atomic(), connection.cursor() as cursor:
        for who, most in sorted(caps.items()):
            cursor.execute(_SO_MUCH_MORE, facts | {"who": who, "most": most})
            if much > most or cursor.rowcount != 1:
                transaction.set_rollback(True)
                return False
    return True


def free(slot: int) -> None:
    """The call of a slot is over."""
    CallSlot.objects.filter(pk=slot).delete()


def take_back(slot: int) -> None:
    """The call of a slot was never sent: it is not counted either."""
    with transaction.atomic():
        taken = CallSlot.objects.filter(pk=slot).first()
        if taken is None:
            return
        names = {"app": "", "address": taken.address, "visitor": taken.visitor}
        counted = CallsUsed.objects.filter(app=taken.app_id, environment=taken.environment, in_minute__gt=0)
        for kind, who in names.items():
            if who or kind == "app":
                rows = counted.filter(kind=kind, who=who, in_day__gt=0)
                rows.update(in_minute=F("in_minute") - 1, in_day=F("in_day") - 1)
        taken.delete()


def renew(slots: list[int]) -> None:
    """The calls of these slots go on. Slots that nobody spoke for are swept away."""
    CallSlot.objects.filter(pk__in=slots).update(until=Now() + LEASE)
    CallSlot.objects.filter(until__lt=Now()).delete()


def forget() -> int:
    """Sweep away the counts of the days before yesterday; how many. Done once a day, none is there for three days."""
    return CallsUsed.objects.filter(day__lt=(timezone.now() - timedelta(days=1)).date()).delete()[0]


def caps_of(app: App, environment: str) -> tuple[Caps, datetime]:
    """What an environment of an app may use, and what time it is by the database's clock, which all processes share.
    Raises CallGone when the app is no more."""
    with connection.cursor() as cursor:
        cursor.execute(_CHOSEN.format(now=_NOW[connection.vendor]), [ServerSettings.ONLY, app.pk])
        found = cursor.fetchone()
    if found is None:
        raise CallGone
    own, of_server, now = found
    now = datetime.fromisoformat(now).replace(tzinfo=UTC) if isinstance(now, str) else now
    return Caps.of(environment, _read(own).get(SECTION, {}), _read(of_server).get(OF_SERVER, {})), now


def used(app: App, environment: str) -> dict[str, int]:
    """What was used today: `day` by the whole app, `at_once` just now, `visitor` by the visitor that called most."""
    _, now = caps_of(app, environment)
    rows = CallsUsed.objects.filter(app=app, environment=environment, day=now.date())
    found = rows.aggregate(
        day=Max("in_day", filter=Q(kind="app"), default=0), visitor=Max("in_day", filter=Q(kind="visitor"), default=0)
    )
    slots = CallSlot.objects.filter(app=app, environment=environment, until__range=(now, now + 2 * LEASE)).count()
    return found | {"at_once": slots}


def digest(address: str) -> str:
    """An address as it is counted: not to be read back, and for IPv6 the network that one subscriber has."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    whole = str(found if isinstance(found, IPv4Address) else ip_network((found, 64), strict=False))
    # The salt stays as it is wherever this module stands: what was counted is kept under what it gives.
    return salted_hmac("connector.counting", whole, algorithm="sha256").hexdigest()[:32]


# Inside

_NOW = {"sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')", "postgresql": "STATEMENT_TIMESTAMP()"}
_APPS, _OWN, _SERVERS = (model._meta.db_table for model in (App, AppSettings, ServerSettings))
_CHOSEN = f"""
    SELECT own."values", (SELECT "values" FROM {_SERVERS} WHERE id = %s), {{now}}
    FROM {_APPS} app LEFT JOIN {_OWN} own ON own.app_id = app.id WHERE app.id = %s"""
_USED = CallsUsed._meta.db_table
# Another call in the minute and on the day that go on, or the first of new ones, if there is room for one.
_ONE_MORE = f"""
    INSERT INTO {_USED} AS used (app_id, environment, kind, who, minute, in_minute, day, in_day)
    VALUES (%(app)s, %(environment)s, %(kind)s, %(who)s, %(now)s, 1, %(day)s, 1)
    ON CONFLICT (app_id, environment, kind, who) DO UPDATE SET
        in_minute = CASE WHEN used.minute BETWEEN %(edge)s AND %(ahead)s THEN used.in_minute + 1 ELSE 1 END,
        minute = CASE WHEN used.minute BETWEEN %(edge)s AND %(ahead)s THEN used.minute ELSE excluded.minute END,
        in_day = CASE WHEN used.day = excluded.day THEN used.in_day + 1 ELSE 1 END,
        day = excluded.day
    WHERE (used.minute NOT BETWEEN %(edge)s AND %(ahead)s OR used.in_minute < %(most_a_minute)s)
        AND (used.day <> excluded.day OR used.in_day < %(most_a_day)s)"""
_SO_MUCH_MORE = f"""
    INSERT INTO {_USED} AS used (app_id, environment, kind, who, minute, in_minute, day, in_day)
    VALUES (%(app)s, %(environment)s, %(kind)s, %(who)s, %(now)s, 0, %(day)s, %(much)s)
    ON CONFLICT (app_id, environment, kind, who) DO UPDATE SET
        in_day = CASE WHEN used.day = excluded.day THEN used.in_day + excluded.in_day ELSE excluded.in_day END,
        day = excluded.day
    WHERE used.day <> excluded.day OR used.in_day + excluded.in_day <= %(most)s"""
_NEW_SLOT = f"""
    INSERT INTO {CallSlot._meta.db_table} (app_id, environment, visitor, address, until)
    VALUES (%s, %s, %s, %s, %s) RETURNING id"""
_UNDER_WAY = f"""
    SELECT COUNT(CASE WHEN visitor = %s THEN 1 END), COUNT(CASE WHEN address = %s THEN 1 END), COUNT(*)
    FROM {CallSlot._meta.db_table} WHERE app_id = %s AND environment = %s AND until BETWEEN %s AND %s"""


def _count(place: tuple[str, str], who: dict[str, str], caps: Caps, now: datetime) -> bool:
    """Let the numbers grow that are below their caps, from nothing for who was never counted; whether all could. The
    app's own comes first: it is the lock."""
    app, environment = place
    facts = {"app": app, "environment": environment, "day": connection.ops.adapt_datefield_value(now.date())}
    facts |= {"now": _stored(now), "edge": _stored(now - MINUTE), "ahead": _stored(now + MINUTE)}
    with connection.cursor() as cursor:
        for kind in reversed(who):
            most = {"most_a_minute": caps.most[kind, "minute"], "most_a_day": caps.most[kind, "day"]}
            cursor.execute(_ONE_MORE, facts | most | {"kind": kind, "who": who[kind]})
            if cursor.rowcount != 1:
                return False
    return True


def _look_for_room(
    place: tuple[str, str], names: dict[str, str], who: dict[str, str], caps: Caps, now: datetime
) -> None:
    """Raise OverBudget where as many calls are under way as may be."""
    with connection.cursor() as cursor:
        times = [_stored(now), _stored(now + 2 * LEASE)]
        cursor.execute(_UNDER_WAY, [names["visitor"], names["address"], *place, *times])
        under_way = dict(zip(SCOPES, cursor.fetchone(), strict=True))
    for kind in who:
        if under_way[kind] >= caps.most[kind, "at_once"]:
            raise OverBudget.reached(caps.environment, kind, "at_once", caps.most[kind, "at_once"])


def _slot(place: tuple[str, str], names: dict[str, str], who: dict[str, str], caps: Caps, now: datetime) -> int:
    """A slot's key. Raises OverBudget where there is no room. The app's row is held by now."""
    _look_for_room(place, names, who, caps, now)
    with connection.cursor() as cursor:
        cursor.execute(_NEW_SLOT, [*place, names["visitor"], names["address"], _stored(now + LEASE)])
        return int(cursor.fetchone()[0])


def _stored(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _read(values: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(values) if isinstance(values, str) else values
    return found or {}


def _say_why(rows: dict[str, CallsUsed | None], caps: Caps, now: datetime) -> None:
    """Raise OverBudget for what is used up, the narrowest first, as long as it is."""
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    for kind, row in rows.items():
        if row is None:
            continue
        if row.day == now.date() and row.in_day >= caps.most[kind, "day"]:
            wait = (midnight - now).total_seconds()
            raise OverBudget.reached(caps.environment, kind, "day", caps.most[kind, "day"], wait)
        if now - MINUTE <= row.minute <= now + MINUTE and row.in_minute >= caps.most[kind, "minute"]:
            wait = (row.minute + MINUTE - now).total_seconds()
            raise OverBudget.reached(caps.environment, kind, "minute", caps.most[kind, "minute"], wait)
