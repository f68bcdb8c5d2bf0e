"""What can go wrong, in words: every error of Streamwright has this one shape.

StreamwrightError
├── NotFound        404  it does not exist, or not for you
├── Invalid         422  what was sent cannot be read
│   └── UnknownName 422  a name no registry knows
└── Refused         409  understood, but not done
    └── Gone        409  what it refers to has been removed or changed since
"""

from typing import Any


class StreamwrightError(Exception):
    """An error with a code for machines and a sentence for people: what happened, why, what to do.

    `sentence`, `why` and `todo` are `str.format` templates over the data given at raising. Data never holds a secret.
    """

    code = "error"
    status = 500
    sentence = "Something went wrong."
    why = ""
    todo = ""

    def __init__(self, sentence: str | None = None, **data: Any):
        self.data = data
        self.sentence = (sentence or type(self).sentence).format_map(data) if data else sentence or type(self).sentence
        self.why = type(self).why.format_map(data) if data else type(self).why
        self.todo = type(self).todo.format_map(data) if data else type(self).todo
        super().__init__(self.sentence)

    def as_json(self) -> dict[str, Any]:
        """The one format, over HTTP and sockets."""
        error = {"code": self.code, "sentence": self.sentence, "why": self.why, "todo": self.todo, "data": self.data}
        return {"error": error}


class NotFound(StreamwrightError):
    code = "not_found"
    status = 404
    sentence = "This does not exist, or it is not shared with you."


class Invalid(StreamwrightError):
    code = "invalid"
    status = 422
    sentence = "The server cannot read what was sent."


class UnknownName(Invalid):
    code = "unknown_name"
    sentence = "There is no {kind} named {name}."


class Refused(StreamwrightError):
    code = "refused"
    status = 409
    sentence = "This was not done."


class Gone(Refused):
    code = "gone"
    sentence = "What this is about has been removed or changed since."
