"""Visitors' uploads: who may upload what, for how long, and what becomes of it.

A page requests a URL before it sends anything. The URL is signed, for one element of one visit, and valid for a few
minutes; what arrives there is judged by its bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Count, Sum
from django.db.models.functions import Length

from builder.document import Body
from builder.edition import DEVELOPMENT, Edition
from builder.elements import elements
from builder.elements.uploader import MOST
from builder.errors import Invalid, NotFound
from builder.models import User
from builder.people.rights import may
from connector.files import media_type
from connector.models import CallFile
from workflows.live import giving
from workflows.live.directory import directory, load_page, place_of
from workflows.live.pace import TOO_FAST, Pace
from workflows.live.places import split
from workflows.live.visit import key_of
from workflows.models import StoredVisit
from workflows.passes import is_for_everybody
from workflows.releases import edition_of, live_edition

SALT = "workflows.live.uploads"
# How many seconds such a URL is valid.
GOOD_FOR = 300
# Files at once, and files per second, from one address; from one page if the address is unknown.
FILES, FILES_A_SECOND = 20, 0.2
# Requests for an upload URL, at once and per second.
QUESTIONS, QUESTIONS_A_SECOND = 60, 1.0
# The largest share of an app's room for files that uploads may take, and the most files.
SHARE, ROWS = 0.5, 2000
A_MB = 2**20
# How picture files begin, and their types.
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_paces: dict[str, Pace] = {}


class FileRefused(Invalid):
    """`why_not` is a sentence for the visitor."""

    code = "file_refused"
    sentence = "{why_not}"


@dataclass(frozen=True, slots=True)
class Place:
    """The element that a file is for: the app's edition, the element's own properties, and the visitor's key."""

    edition: Edition
    properties: dict[str, Any]
    visitor: str = ""

    @property
    def most(self) -> int:
        """In bytes."""
        return min(int(self.properties["most"]), MOST) * A_MB

    def refuse_size(self, size: int) -> None:
        if size > self.most:
            raise FileRefused(why_not=f"The file is larger than {self.most // A_MB} MB.")


def address_for(visit: str, element: str, name: str, size: int, claimed: str, address: str = "") -> str:
    """The URL to which a file may be uploaded. `address` is the client's IP, "" if unknown. Raises NotFound, or
    FileRefused with a sentence."""
    key = key_of(visit)
    if not _pace(f"asks {place_of(address) or key}", QUESTIONS, QUESTIONS_A_SECOND).take():
        raise FileRefused(why_not=TOO_FAST)
    place = _place(key, element)
    place.refuse_size(size)
    said = {"visit": key, "element": element, "name": name[:200], "type": claimed[:130]}
    return f"/new-file/{signing.dumps(said, salt=SALT, compress=True)}"


def take(token: str, length: int | None, read: Callable[[int], bytes], address: str = "") -> str:
    """Store what arrives at such a URL; returns the file's own URL. No more is read than the element accepts. `address`
    is the client's IP, "" if unknown.

    Raises NotFound for an invalid URL, or FileRefused.
    """
    try:
        said = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise NotFound from error
    place = _place(said["visit"], said["element"])
    place.refuse_size(length or 0)
    if not _pace(place_of(address) or said["visit"], FILES, FILES_A_SECOND).take():
        raise FileRefused(why_not=TOO_FAST)
    body = bytearray()
    while piece := read(64 * 1024):
        body += piece
        place.refuse_size(len(body))
    return _keep(place, said["name"], media_type(said["type"]), bytes(body), place_of(address))


def picture_type(body: bytes) -> str | None:
    """The type of picture that begins with these bytes; None if it is not one that a page can show."""
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    return next((type for beginning, type in _BEGINNINGS if body.startswith(beginning)), None)


def _keep(place: Place, name: str, claimed: str, body: bytes, origin: str) -> str:
    """A file that claims to be a picture but is not one is stored as plain data, so that no browser takes it for
    one."""
    found = picture_type(body)
    if place.properties["content"] == "picture" and not found:
        raise FileRefused(why_not="This is not a picture that a page can show. Choose a PNG, JPEG, GIF, WebP or AVIF.")
    if not body:
        raise FileRefused(why_not="The file is empty.")
    type = found or ("application/octet-stream" if claimed.startswith("image/") else claimed)
    app, environment = place.edition.app, place.edition.environment
    given = CallFile.objects.filter(app=app, environment=environment, api="")
    held, room = given.aggregate(bytes=Sum(Length("body")), files=Count("pk")), settings.KEPT_MOST * SHARE
    if (held["bytes"] or 0) + len(body) > room or held["files"] >= ROWS:
        raise FileRefused(why_not="This app has no room for another file just now. Try again tomorrow.")
    if not giving.count(place.edition, place.visitor, origin, len(body), room):
        raise FileRefused(why_not="You have sent as many files as you can today. Try again tomorrow.")
    return CallFile.keep(app, name, type, body, environment=environment).address


def _place(visit: str, element: str) -> Place:
    """The uploader of a visit that is open or stored. Raises NotFound for anything else."""
    edition, body, visitor = _page(visit)
    node = body["nodes"].get(split(element)[0])
    if node is None or node["type"] != "uploader":
        raise NotFound
    return Place(edition, elements["uploader"].values(node["props"]), visitor)


def _page(visit: str) -> tuple[Edition, Body, str]:
    """The edition and page of an open or stored visit, and its visitor's key."""
    for guest in list(directory.guests.values()):
        if guest.visit.key == visit:
            return guest.edition, guest.visit.page.body, guest.visit.visitor.key
    row = StoredVisit.objects.filter(key=visit).select_related("app").first()
    if row is None:
        raise NotFound
    edition = _edited(row) if row.environment == DEVELOPMENT else _released(row)
    return edition, load_page(edition, row.page).body, row.visitor


def _edited(row: StoredVisit) -> Edition:
    """For somebody who may still see the app in the editor."""
    key = row.visitor.removeprefix("us:")
    who = User.objects.filter(pk=key, is_active=True).first() if key.isdecimal() else None
    if who is None or not may("see", row.app, who):
        raise NotFound
    return Edition.being_edited(row.app)


def _released(row: StoredVisit) -> Edition:
    """The visit's release, as long as the app is published. A page that requires a pass presents it when it returns;
    until then it cannot upload anything."""
    live = live_edition(row.app.slug)
    edition = live if live.release == row.mark else edition_of(row.mark)
    if not is_for_everybody(edition.body("page", row.page)):
        raise NotFound
    return edition


def _pace(who: str, most: int, a_second: float) -> Pace:
    while who not in _paces and len(_paces) >= 10_000:
        _paces.pop(next(iter(_paces)), None)
    return _paces.setdefault(who, Pace(most, a_second))
