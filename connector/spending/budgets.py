"""How many calls an app may make: for each kind of caller a number per minute, per day and at once (S39, P29)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.edition import ENVIRONMENTS
from connector.errors import LimitCrossed

# Whose calls are counted, in the order shown.
SCOPES = {"visitor": "One visitor", "address": "One address", "app": "The whole app"}
SPANS = {"minute": "A minute", "day": "A day", "at_once": "At once"}
# The defaults: strangers spend somebody else's money, editors their own.
DEFAULTS = {
    "live": {"visitor": (20, 300, 5), "address": (60, 1_000, 20), "app": (600, 5_000, 100)},
    "development": {"visitor": (600, 10_000, 300), "address": (600, 10_000, 300), "app": (600, 10_000, 300)},
}
LARGEST = 1_000_000
# The setting for each number, such as `live_visitor_minute`; and for the most that any app may have, `most_app_day`.
FIELDS = {
    f"{environment}_{scope}_{span}": DEFAULTS[environment][scope][number]
    for environment in reversed(ENVIRONMENTS)
    for scope in SCOPES
    for number, span in enumerate(SPANS)
}
MOST = {f"most_{scope}_{span}": None for scope in SCOPES for span in SPANS}

_WHOM = {"visitor": "one visitor", "address": "one address", "app": "the whole app"}
_HOW = {"minute": "calls a minute", "day": "calls a day", "at_once": "calls at once"}
# What a visitor is told: when to try again, and nothing about the app's numbers.
_KINDLY = {
    ("visitor", "minute"): "A lot was asked for in one minute. Try again in {wait}.",
    ("visitor", "day"): "That is all for today. Try again in {wait}.",
    ("visitor", "at_once"): "Some of your answers are still on their way. Try again when one of them is finished.",
    ("address", "minute"): "A lot was asked for from your network just now. Try again in {wait}.",
    ("address", "day"): "That is all for your network today. Try again in {wait}.",
    ("address", "at_once"): "A lot of answers to your network are on their way. Try again in a moment.",
    ("app", "minute"): "A lot of people are asking just now. Try again in {wait}.",
    ("app", "day"): "This app has answered all that it can today. Try again in {wait}.",
    ("app", "at_once"): "A lot of people are being answered just now. Try again in a moment.",
}


class OverBudget(LimitCrossed):
    """A call was not sent because a budget is used up. `kindly` is what its visitor is told."""

    code = "over_budget"
    status = 429
    limit = "budget"
    sentence = "The budget of {most} {how} for {whom} is used up ({environment})."
    why = "So many calls were sent, and no more are in this {span}."
    todo = "Try again in {wait}, or raise it in Settings, Budgets and limits."
    kindly = ""

    @classmethod
    def reached(cls, environment: str, scope: str, span: str, most: int, wait: float = 0) -> "OverBudget":
        """`wait` is the number of seconds until there is room again; for calls at once nobody knows."""
        said = in_words(wait) if wait else "a moment"
        error = cls(
            environment=environment,
            scope=scope,
            span="moment" if span == "at_once" else span,
            most=f"{most:,}",
            how=_HOW[span] if most > 1 else _HOW[span].replace("calls", "call"),
            whom=_WHOM[scope],
            wait=said,
        )
        error.kindly = _KINDLY[scope, span].format(wait=said)
        return error


@dataclass(frozen=True, slots=True)
class Caps:
    """What one environment of an app may use: numbers by scope and span."""

    environment: str
    most: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, environment: str, chosen: Mapping[str, Any], of_server: Mapping[str, Any]) -> "Caps":
        """Combine the settings of an app and of the server: an app's own number, else the server's, else ours, and
        never more than the server's maximum."""
        most = {}
        for scope in SCOPES:
            for span in SPANS:
                name = f"{environment}_{scope}_{span}"
                wanted = chosen.get(name) or of_server.get(name) or FIELDS[name]
                most[scope, span] = min(wanted, of_server.get(f"most_{scope}_{span}") or LARGEST)
        return cls(environment, most)


def in_words(seconds: float) -> str:
    """How long to wait: "40 seconds", "12 minutes", "5 hours". Never too short."""
    whole = max(1, int(seconds) + (seconds > int(seconds)))
    for size, word in ((3600, "hour"), (60, "minute")):
        if whole > 1.5 * size:
            count = -(-whole // size)
            return f"{count} {word}{'s' if count > 1 else ''}"
    return f"{whole} second{'s' if whole > 1 else ''}"
