"""Counting calls against budgets, in the database alone (S39, P29).

A number grows only where it is below its cap, and the row of the whole app is taken first, so that those who count for
one app come one after the other: no more calls are sent than allowed, however many threads and processes send them.
"""

from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, F, Max, Q, Subquery, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import salted_hmac

from builder.edition import Edition
from builder.errors import NotFound
from builder.models import App, ServerSettings
from builder.visitor import Visitor
from connector.budgets import SCOPES, Caps, OverBudget
from connector.models import CallSlot, CallsUsed

# The section of Settings that the numbers are chosen in, for an app and for all apps of the server.
SECTION, OF_SERVER = "budgets", "all_budgets"
MINUTE = timedelta(minutes=1)
# How long a slot is kept without a word of its process.
LEASE = timedelta(seconds=45)
# A caller that was never counted gets its row first, and a minute may end while somebody looks why there is no room.
_TRIES = 4


def take(edition: Edition, visitor: Visitor) -> int:
    """Count one call and take a slot for it; the slot's key. Raises OverBudget, and then nothing is counted."""
    caps, now = caps_of(edition.app, edition.environment)
    who = {"app": "", "visitor": visitor.key, "address": digest(visitor.address)}
    rows = CallsUsed.objects.filter(app=edition.app, environment=edition.environment)
    counted = [kind for kind in SCOPES if who[kind] or kind == "app"]
    for _ in range(_TRIES):
        with transaction.atomic():
            slot = _count(rows, who, counted, caps, now) and _slot(edition, who, counted, caps, now)
            if slot:
                return slot
            transaction.set_rollback(True)
        _say_why(rows, who, counted, caps, now)
        new = {"minute": now - 2 * MINUTE, "day": now.date(), "app": edition.app, "environment": edition.environment}
        CallsUsed.objects.bulk_create(
            [CallsUsed(kind=kind, who=who[kind], **new) for kind in counted], ignore_conflicts=True
        )
        caps, now = caps_of(edition.app, edition.environment)
    raise OverBudget.reached(edition.environment, "app", "at_once", caps.most["app", "at_once"])


def free(slot: int) -> None:
    """The call of a slot is over."""
    CallSlot.objects.filter(pk=slot).delete()


def renew(slots: list[int]) -> None:
    """The calls of these slots go on. Slots that nobody spoke for are swept away."""
    CallSlot.objects.filter(pk__in=slots).update(until=Now() + LEASE)
    CallSlot.objects.filter(until__lt=Now()).delete()


def forget() -> int:
    """Sweep away the counts of days that are gone; how many."""
    return CallsUsed.objects.filter(day__lt=(timezone.now() - timedelta(days=2)).date()).delete()[0]


def caps_of(app: App, environment: str) -> tuple[Caps, datetime]:
    """What an environment of an app may use, and what time it is by the database's clock, which all processes share."""
    of_server = Subquery(ServerSettings.objects.filter(pk=ServerSettings.ONLY).values("values")[:1])
    found = App.objects.filter(pk=app.pk).values_list("settings__values", of_server, Now()).first()
    if found is None:
        raise NotFound
    own, everybodys, now = found
    return Caps.of(environment, (own or {}).get(SECTION, {}), (everybodys or {}).get(OF_SERVER, {})), now


def used(app: App, environment: str) -> dict[str, int]:
    """What was used today: `day` by the whole app, `at_once` just now, `visitor` by the visitor that called most."""
    _, now = caps_of(app, environment)
    rows = CallsUsed.objects.filter(app=app, environment=environment, day=now.date())
    found = rows.aggregate(
        day=Max("in_day", filter=Q(kind="app"), default=0), visitor=Max("in_day", filter=Q(kind="visitor"), default=0)
    )
    slots = CallSlot.objects.filter(app=app, environment=environment, until__gt=now).count()
    return found | {"at_once": slots}


def digest(address: str) -> str:
    """An address as it is counted: not to be read back, and for IPv6 the network that one subscriber has."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    whole = str(found if isinstance(found, IPv4Address) else ip_network((found, 64), strict=False))
    return salted_hmac("connector.counting", whole, algorithm="sha256").hexdigest()[:32]


# Inside


def _count(rows: Any, who: dict[str, str], counted: list[str], caps: Caps, now: datetime) -> bool:
    """Let the numbers grow that are below their caps; whether all could. The app's own comes first: it is the lock."""
    for kinds in (["app"], [kind for kind in counted if kind != "app"]):
        fit = [Q(kind=kind, who=who[kind]) & _has_room(kind, caps, now) for kind in kinds]
        if fit and rows.filter(_any(fit)).update(**_one_more(now)) != len(kinds):
            return False
    return True


def _has_room(kind: str, caps: Caps, now: datetime) -> Q:
    in_minute = Q(minute__lte=now - MINUTE) | Q(in_minute__lt=caps.most[kind, "minute"])
    in_day = ~Q(day=now.date()) | Q(in_day__lt=caps.most[kind, "day"])
    return in_minute & in_day


def _any(conditions: list[Q]) -> Q:
    joined = conditions[0]
    for each in conditions[1:]:
        joined |= each
    return joined


def _one_more(now: datetime) -> dict[str, Any]:
    """Another call in the minute and on the day that go on, or the first of new ones."""
    is_over = When(minute__lte=now - MINUTE, then=1)
    return {
        "in_minute": Case(is_over, default=F("in_minute") + 1),
        "minute": Case(When(minute__lte=now - MINUTE, then=now), default=F("minute")),
        "in_day": Case(When(day=now.date(), then=F("in_day") + 1), default=1),
        "day": now.date(),
    }


def _slot(edition: Edition, who: dict[str, str], counted: list[str], caps: Caps, now: datetime) -> int:
    """A slot's key; raises OverBudget where as many calls are under way as may be. The app's row is held by now."""
    slots = CallSlot.objects.filter(app=edition.app, environment=edition.environment, until__gt=now)
    mine = {kind: Count("pk", filter=Q(**{kind: who[kind]})) for kind in counted if kind != "app"}
    under_way = slots.aggregate(app=Count("pk"), **mine)
    for kind in counted:
        if under_way[kind] >= caps.most[kind, "at_once"]:
            raise OverBudget.reached(edition.environment, kind, "at_once", caps.most[kind, "at_once"])
    whose = {"visitor": who["visitor"], "address": who["address"]}
    where = {"app": edition.app, "environment": edition.environment}
    return int(CallSlot.objects.create(**where, **whose, until=now + LEASE).pk)


def _say_why(rows: Any, who: dict[str, str], counted: list[str], caps: Caps, now: datetime) -> None:
    """Raise OverBudget for what is used up, the narrowest first, as long as it is."""
    kept = {row.kind: row for row in rows.filter(_any([Q(kind=kind, who=who[kind]) for kind in counted]))}
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    for kind in counted:
        row = kept.get(kind)
        if row is None:
            continue
        if row.day == now.date() and row.in_day >= caps.most[kind, "day"]:
            wait = (midnight - now).total_seconds()
            raise OverBudget.reached(caps.environment, kind, "day", caps.most[kind, "day"], wait)
        if row.minute > now - MINUTE and row.in_minute >= caps.most[kind, "minute"]:
            wait = (row.minute + MINUTE - now).total_seconds()
            raise OverBudget.reached(caps.environment, kind, "minute", caps.most[kind, "minute"], wait)
