"""Data that a page has loaded by itself, in stored form: shown as it was, and not requested again (S33, S36)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connector.answers.stream import Stream
from workflows.scope import Read


@dataclass(frozen=True, slots=True)
class Remembered:
    """The result of a call that has ended."""

    value: Stream

    def close(self) -> None:
        """Nothing is open."""


def remembered(resources: Mapping[Read, Any]) -> dict[Read, Remembered]:
    """The loaded data worth storing, since calls may cost money. The app's own data is queried again, a feed continues,
    and a call that has not been sent yet is sent again."""
    sent = {read: resource for read, resource in resources.items() if not getattr(resource, "is_starting", False)}
    answers = ((read, resource.value) for read, resource in sent.items() if isinstance(resource.value, Stream))
    return {read: Remembered(answer) for read, answer in answers if not answer.stays_open}
