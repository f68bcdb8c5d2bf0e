"""What can go wrong while a workflow runs.

StreamwrightError
├── RunElsewhere         the run to be stopped is in another process
└── StepFailed           a step could not do its work; the workflow stops there (S29)
    ├── StreamFailed     the stream of a step broke off, crossed a limit or was interrupted (S24)
    ├── TooManySteps     more steps than one run may take (S38)
    ├── DatabaseAway     nothing can be read or saved at the moment: it is locked, stopped, or its disk is full (P21)
    ├── TargetGone       the element, state or group it refers to is not on the page
    └── NothingToChange  the thing to be changed is empty
"""

from builder.errors import StreamwrightError


class RunElsewhere(StreamwrightError):
    code = "run_elsewhere"
    status = 409
    sentence = "This run is in another process of the server, which cannot be reached from here."
    todo = "Stop it on the page where it runs."


class StepFailed(StreamwrightError):
    code = "step_failed"
    status = 500
    sentence = "This step could not do its work."


class StreamFailed(StepFailed):
    """`kind` is error, limit or interrupted; `reason` is the sentence for the author."""

    code = "stream_failed"
    sentence = "{reason}"


class TooManySteps(StepFailed):
    code = "too_many_steps"
    sentence = "This workflow has more than {limit} steps, so it was not started."


class DatabaseAway(StepFailed):
    code = "database_away"
    status = 503
    sentence = "The server's database did not answer, so this step was not done."
    kindly = "The server cannot do this just now. Try again in a moment."


class TargetGone(StepFailed):
    code = "target_gone"
    sentence = "What this step is about is not on the page any more."
    todo = "Open the step and choose again."


class NothingToChange(StepFailed):
    code = "nothing_to_change"
    sentence = "There is no thing to change: what the step was given is empty."
    todo = "Choose another thing, or let the step run only when there is one."


# What the author reads about a run that was interrupted by the server's end.
INTERRUPTED = "It was interrupted: the server went away while it ran."

KIND = {
    "limit": "The answer took too long and was stopped. Try again in a moment.",
    "interrupted": "The answer was interrupted. Try again.",
    "error": "The answer could not be finished. Try again in a moment.",
}


def kind_sentence(kind: str | None, failure: object = None) -> str:
    """What a visitor is told about a failure: never the service's words, which may contain what is not theirs (S3,
    S29). A used-up budget has a sentence of its own, which says when to try again (S39)."""
    own: str = getattr(failure, "kindly", "")
    return own or KIND.get(kind or "", "Something did not work. Try again in a moment.")
