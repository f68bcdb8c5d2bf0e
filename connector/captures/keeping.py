"""Stores a recording as a capture of a call, as if the call had received that response (S17)."""

from builder.document import Body
from builder.edition import Edition
from builder.models import App
from connector.answers.faults import LONGEST_MESSAGE
from connector.asking.placeholders import test_values
from connector.asking.request import build
from connector.calls import resolve, secrets_of
from connector.captures.found import first_look
from connector.captures.initialize import fingerprints
from connector.captures.recordings import Recorded
from connector.errors import ConnectorError
from connector.files import uploads_for
from connector.masking import mask
from connector.models import Capture, Credential

_MOST = LONGEST_MESSAGE + 200  # characters of a sentence with the service's own words in it


def keep_recording(app: App, api: Body, call: str, recorded: Recorded, source: str) -> Capture:
    """Store a response from elsewhere as a capture. `source` says where it came from, in one word. The API's saved
    secrets are masked in it."""
    secrets = _secrets(app, api, call)
    failure = recorded.failure
    error = failure.as_json()["error"] if failure else None
    said = (
        {key: mask(str(error[key]), secrets)[:_MOST] for key in ("code", "sentence", "why", "todo")} if error else None
    )
    capture = Capture.keep(
        app,
        api["root"],
        call,
        recorded.reads,
        secrets,
        name=recorded.name,
        status=recorded.status,
        content_type=recorded.content_type,
        headers=recorded.headers,
        request={"failure": said, "prints": fingerprints(api, call), "source": source, "timed": recorded.timed},
        ended=failure.code if failure else "close",
    )
    capture.frames = len(first_look(capture, api["nodes"][call]["props"].get("response_type", "stream")).frames)
    capture.save(update_fields=["frames"])
    return capture


def _secrets(app: App, api: Body, call: str) -> list[str]:
    """What must not be stored: everything ever saved as a secret for the API, and secrets that its author typed where
    nothing is sealed, as far as the request can be built."""
    saved = Credential.texts_of(app, api["root"])
    values = test_values(api, call)
    try:
        unlock = secrets_of(Edition.being_edited(app), api)
        return saved + build(api, call, values, unlock, resolve, uploads_for(app, api, call, values)).secrets
    except ConnectorError:
        return saved
