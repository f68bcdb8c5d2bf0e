"""The captures of a call: listed, named, pinned, downloaded, compared, deleted, and added from elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from builder.access import app_here
from builder.errors import NotFound
from builder.sections.retention import kept as kept_by
from builder.views.gestures import tell
from connector.captures.captured import amount, clock, is_timed, seconds
from connector.captures.found import problem_in
from connector.captures.keeping import keep_recording
from connector.captures.recordings import write_transcript
from connector.forms.captures import CaptureNameForm, RecordingForm
from connector.models import Capture, plain_name
from connector.views.comparison import compared, in_short
from connector.views.frame_list import saved_of
from connector.views.kept import capture_of, found_of, in_use
from connector.views.place import Place
from connector.views.returned import dialog

# How a capture ended, in words.
ENDED = {
    "close": "Whole",
    "stopped": "Stopped by you",
    "broken_off": "Cut off",
    "limit_crossed": "Crossed a limit",
    "key_refused": "Key refused",
}
# What is wrong with a capture that was closed properly. One too large to be analysed here just counts as closed.
CLOSED = {
    "html_page": "A web page",
    "error_event": "Error in the stream",
    "empty": "Empty",
    "comments_only": "No frame came",
    "not_a_stream": "Not a stream",
    "plain_text": "Plain text",
    "broken_off": "Cut off",
    "stalled": "Stopped sending",
    "too_large": "A frame too large",
    "unread": "Closed",
}
# The most captures in the list; pinned ones are kept beyond the number that the app keeps per call.
LISTED = 100


@require_GET
def captures(request: HttpRequest, slug: str, api: str, call: str) -> HttpResponse:
    """The dialog that lists them."""
    place = Place.of(app_here(request, slug), api, call)
    return render(request, "connector/captures.html", _context(place))


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str, api: str, call: str) -> HttpResponse:
    """The dialog for a response from elsewhere; it becomes a capture, and its returned values open."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    if request.method == "GET":
        return render(request, "connector/add_capture.html", {"app": app, "place": place, "form": RecordingForm()})
    form = RecordingForm(request.POST, request.FILES)
    if not form.is_valid() or form.recorded is None:
        return render(request, "connector/add_capture.html", {"app": app, "place": place, "form": form})
    kept = keep_recording(app, place.api or {}, call, form.recorded, form.source)
    return tell(dialog(request, place, kept), "sw-refresh")


@require_POST
def rename(request: HttpRequest, slug: str, api: str, call: str, capture: str) -> HttpResponse:
    place, kept = _own(request, slug, api, call, capture)
    form = CaptureNameForm(request.POST)
    if form.is_valid():
        kept.name = form.cleaned_data["name"].strip()
        kept.save(update_fields=["name"])
    return render(request, "connector/capture_list.html", _context(place))


@require_POST
def pin(request: HttpRequest, slug: str, api: str, call: str, capture: str) -> HttpResponse:
    """Keep it however many follow, or stop doing so."""
    place, kept = _own(request, slug, api, call, capture)
    kept.pinned = not kept.pinned
    kept.save(update_fields=["pinned"])
    return render(request, "connector/capture_list.html", _context(place))


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, slug: str, api: str, call: str, capture: str) -> HttpResponse:
    """Delete it, after asking, because nothing brings a capture back; then show the list again."""
    place, kept = _own(request, slug, api, call, capture)
    if request.method == "GET":
        context = {"app": place.app, "place": place, "capture": _listed(place, kept)}
        return render(request, "connector/delete_capture.html", context)
    kept.delete()
    return tell(render(request, "connector/captures.html", _context(place)), "sw-refresh")


@require_GET
def download(request: HttpRequest, slug: str, api: str, call: str, capture: str) -> HttpResponse:
    """A capture as a transcript file."""
    place = Place.of(app_here(request, slug), api, call)
    kept, node = capture_of(place, capture), (place.api or {})["nodes"][call]
    answer = HttpResponse(
        write_transcript(kept, node["name"], node["props"].get("method", "GET")), content_type="application/json"
    )
    answer["Content-Disposition"] = content_disposition_header(True, _file_name(kept, node["name"]))
    return answer


@require_GET
def compare(request: HttpRequest, slug: str, api: str, call: str) -> HttpResponse:
    """Two captures side by side, the older one first."""
    place = Place.of(app_here(request, slug), api, call)
    chosen = [capture_of(place, key) for key in request.GET.getlist("capture")[:2]]
    if len(chosen) < 2:
        raise NotFound
    chosen.sort(key=lambda each: each.started)
    left, right = (found_of(place, each) for each in chosen)
    groups = compared(left, right, saved_of(place.api or {}, call))
    context = {"app": place.app, "place": place, "captures": [_listed(place, each) for each in chosen]}
    return render(request, "connector/compare.html", context | {"groups": groups, "said": in_short(groups)})


def _file_name(capture: Capture, call: str) -> str:
    """The file name of a downloaded capture: its own name or the call's, and when it came."""
    return plain_name(f"{capture.name or call} {timezone.localtime(capture.started):%Y-%m-%d %H.%M.%S}.json")


def _own(request: HttpRequest, slug: str, api: str, call: str, capture: str) -> tuple[Place, Capture]:
    """A capture of the call itself, which may be changed; one that it only shows may belong to another call."""
    place = Place.of(app_here(request, slug), api, call)
    kept = capture_of(place, capture)
    if (kept.api, kept.call) != (api, call):
        raise NotFound
    return place, kept


def _context(place: Place) -> dict[str, Any]:
    api, call = place.api or {}, str(place.call)
    kept = Capture.objects.filter(app=place.app, api=api["root"], call=call).defer("body", "times")[:LISTED]
    listed = [_listed(place, each) for each in kept]
    most = kept_by(place.app)
    return {
        "app": place.app,
        "place": place,
        "captures": listed,
        "most": most["captures"],
        "days": most["capture_days"],
        "name": api["nodes"][call]["name"],
    }


def _listed(place: Place, capture: Capture) -> dict[str, Any]:
    """One capture in the list."""
    source = capture.request.get("source")
    ended, ok = _ended(place, capture)
    return {
        "key": capture.pk,
        "name": capture.name,
        "when": clock(capture.started),
        "status": capture.status,
        "ok": ok,
        "frames": capture.frames,
        "size": amount(capture.size),
        "took": seconds(capture.seconds) if is_timed(capture) else "",
        "ended": ended,
        "source": source or "",
        "pinned": capture.pinned,
        "in_use": capture.pk == in_use(place.api or {}, str(place.call)),
    }


def _ended(place: Place, capture: Capture) -> tuple[str, bool]:
    """How a capture ended, in words, and whether that was good. A clean close says nothing about what came before
    it."""
    if capture.status >= 400:
        return f"Refused ({capture.status})", False
    if capture.ended != "close":
        return ENDED.get(capture.ended, "Failed"), not capture.request.get("failure")
    type = (place.api or {})["nodes"][str(place.call)]["props"].get("response_type", "stream")
    words = CLOSED.get(problem_in(capture, type), "")
    return words or ENDED["close"], words in ("", CLOSED["unread"], CLOSED["plain_text"])
