"""Data that a page has loaded by itself, as it is kept: shown as it was, and not asked for again (S33, S36)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connector.answers.stream import Stream
from workflows.scope import Read


@dataclass(frozen=True, slots=True)
class Remembered:
    """The answer of a call that is over."""

    value: Stream

    def close(self) -> None:
        """Nothing is open."""


def remembered(resources: Mapping[Read, Any]) -> dict[Read, Remembered]:
    """What is worth keeping of what a page has loaded: calls may cost money. The app's own data is looked up anew, a
    feed goes on, and a call that is not sent yet is sent again."""
    sent = {read: resource for read, resource in resources.items() if not getattr(resource, "is_starting", False)}
    answers = ((read, resource.value) for read, resource in sent.items() if isinstance(resource.value, Stream))
    return {read: Remembered(answer) for read, answer in answers if not answer.stays_open}
