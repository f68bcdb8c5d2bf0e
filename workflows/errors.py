"""What can go wrong while a workflow runs.

StreamwrightError
├── RunElsewhere         a run that is to be stopped is in another process
└── StepFailed           a step could not do its work; the workflow stops there (S29)
    ├── StreamFailed     the stream of a step broke off, crossed a limit or was interrupted (S24)
    ├── TooManySteps     more steps than one run may take (S38)
    └── TargetGone       the element, state or group it is about is not on the page
"""

from builder.errors import StreamwrightError


class RunElsewhere(StreamwrightError):
    code = "run_elsewhere"
    status = 409
    sentence = "This run goes on in another process of the server, which cannot be told from here."
    todo = "Stop it in the page that it runs in."


class StepFailed(StreamwrightError):
    code = "step_failed"
    status = 500
    sentence = "This step could not do its work."


class StreamFailed(StepFailed):
    """`kind` is error, limit or interrupted; `reason` the sentence for the author."""

    code = "stream_failed"
    sentence = "{reason}"


class TooManySteps(StepFailed):
    code = "too_many_steps"
    sentence = "This workflow took more than {limit} steps and was stopped."


class TargetGone(StepFailed):
    code = "target_gone"
    sentence = "What this step is about is not on the page any more."
    todo = "Open the step and choose again."


# The author's words for a run that the server's end interrupted.
INTERRUPTED = "It was interrupted: the server went away while it ran."

KIND = {
    "limit": "The answer took too long and was stopped. Try again in a moment.",
    "interrupted": "The answer was interrupted. Try again.",
    "error": "The answer could not be finished. Try again in a moment.",
}


def kind_sentence(kind: str | None, failure: object = None) -> str:
    """What a visitor is told of a failure: never the service's words, which may say what is not theirs (S3, S29). A
    budget that is used up has a sentence of its own, which says when to try again (S39)."""
    own: str = getattr(failure, "kindly", "")
    return own or KIND.get(kind or "", "Something did not work. Try again in a moment.")
