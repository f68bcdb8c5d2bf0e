"""A text of a stream as pages read it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from connector.answers.growing import GrowingText

if TYPE_CHECKING:
    from connector.answers.stream import Failure, State, Stream


@dataclass(frozen=True, slots=True)
class StreamValue:
    """One text stream of a call as the page reads it (S22): its own text, and the state of its call. The stream does
    not refer to it, so that a long text is freed as soon as nobody reads it, and waits for no garbage collection."""

    stream: "Stream"
    field_id: str
    _text: GrowingText

    @property
    def serial(self) -> int:
        """Distinguishes it from every other text of this process, including those that are gone."""
        return self._text.serial

    @property
    def seconds_to_first_text(self) -> float | None:
        return self._text.seconds_to_first_text

    @property
    def text(self) -> str:
        """The text so far."""
        return self._text.whole()

    @property
    def full_text(self) -> str | None:
        """The whole text once the stream is done; None before that, and if it failed or was stopped."""
        return self._text.whole() if self.stream.state == "done" else None

    def since(self, length: int) -> str:
        """The text after its first `length` characters; valid for a reader that has the current `epoch`."""
        return self._text.since(length)

    @property
    def length(self) -> int:
        return self._text.length

    @property
    def epoch(self) -> int:
        """Increases whenever the text was replaced rather than appended to."""
        return self._text.epoch

    @property
    def state(self) -> "State":
        return self.stream.state

    @property
    def error(self) -> "Failure | None":
        return self.stream.error

    @property
    def seconds_in_all(self) -> float | None:
        return self.stream.seconds_in_all

    def __str__(self) -> str:
        return self.text
