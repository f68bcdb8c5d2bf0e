"""The frames of a capture: as a list that is fetched page by page, searched and filtered, and one by one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from builder.access import app_here
from connector.forms import FieldForms
from connector.views.frame_list import PAGE, growing_of, matching, one, rows_of, saved_of
from connector.views.kept import capture_of, found_of
from connector.views.place import Place


@require_GET
def frames(request: HttpRequest, slug: str, api: str, call: str, capture: str) -> HttpResponse:
    """One page of the list: from the position `from` among the frames that contain `q` and are of kind `kind`."""
    place = Place.of(app_here(request, slug), api, call)
    body = place.api or {}
    found = found_of(place, capture_of(place, capture))
    wanted, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    numbers = matching(found, wanted, kind)
    start = min(_whole(request.GET.get("from")), len(numbers))
    rows = rows_of(found, numbers[start : start + PAGE], growing_of(body, str(place.call), found), wanted)
    answer = render(request, "connector/frame_rows.html", {"rows": rows, "start": start, "count": len(numbers)})
    answer["X-Frames"] = str(len(numbers))
    return answer


@require_POST
def frame(request: HttpRequest, slug: str, api: str, call: str, capture: str, n: int) -> HttpResponse:
    """One frame: its JSON as lines, and what a page shows once it has come, for the fields as they are in the form, or
    as they are saved."""
    place = Place.of(app_here(request, slug), api, call)
    kept = capture_of(place, capture)
    found = found_of(place, kept)
    fields = saved_of(place.api or {}, str(place.call))
    if "saved" not in request.POST:
        fields = [form.field() for form in FieldForms.posted(request.POST).forms if form.is_valid()]
    context = one(found, fields, n, request.POST.getlist("open")[:20])
    return render(request, "connector/frame.html", {"place": place, "capture": kept} | context)


def _whole(text: str | None) -> int:
    """A number from a URL; 0 for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
