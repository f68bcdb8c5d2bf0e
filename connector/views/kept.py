"""Which capture is meant (one that is named, or a call's newest) and what was found in it."""

from builder.document import Body
from builder.errors import NotFound
from builder.models import App
from connector.captures.found import Found, found_in
from connector.models import Capture
from connector.views.place import Place


def newest(app: App, api: Body, call: str) -> Capture | None:
    """The newest capture of a call, else the one its fields were found in."""
    kept = Capture.objects.filter(app=app, api=api["root"], call=call).defer("body", "times").first()
    if kept is None and (used := in_use(api, call)):
        kept = Capture.objects.filter(app=app, pk=used).defer("body", "times").first()
    return Capture.objects.get(pk=kept.pk) if kept else None


def in_use(api: Body, call: str) -> str:
    """The key of the capture in which a call's fields were found; empty if there is none."""
    return str((api["nodes"][call]["props"].get("initialized") or {}).get("capture") or "")


def capture_of(place: Place, key: str = "") -> Capture:
    """A capture of this app that belongs to the call or that its fields came from; the newest if none is named. Raises
    NotFound."""
    body, call = place.api or {}, str(place.call)
    if not key:
        capture = newest(place.app, body, call)
    else:
        capture = Capture.objects.filter(app=place.app, pk=key).first()
        if capture and (capture.api, capture.call) != (body["root"], call) and capture.pk != in_use(body, call):
            capture = None
    if capture is None:
        raise NotFound
    return capture


def found_of(place: Place, capture: Capture) -> Found:
    """The analysed capture, read as the call reads its responses."""
    body = place.api or {}
    return found_in(capture, body["nodes"][str(place.call)]["props"].get("response_type", "stream"))
