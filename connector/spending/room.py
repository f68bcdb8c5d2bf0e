"""Room for what is kept of an app: its files and its captures have so many bytes each, and the oldest make way."""

from collections.abc import Callable, Collection

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.db.models.functions import Length

from connector.errors import ConnectorError


class NoRoom(ConnectorError):
    """Data: `megabytes`, all there is room for."""

    code = "no_room"
    status = 409
    sentence = "There is no room for this file: the files of an app may have {megabytes} MB in all."
    why = "What is in use is kept: files that a call, a thing or an open page names, and what was uploaded today."
    todo = "Send large files by their address, or ask whoever runs this server for more room."


def make_room(
    kept: QuerySet, loose: QuerySet, size: int, refuses: bool = True, spared: Callable[[], Collection[str]] = tuple
) -> None:
    """Remove the oldest of the rows `loose` until `size` bytes more have room beside those of `kept`, of which they
    are; both newest first, their bytes in `body`. The keys that `spared` gives stay; it is asked only where something
    has to go. Where all the others are not enough it raises NoRoom and removes none, or where it `refuses` nothing
    removes all."""
    going, over = _leaving(kept, loose, size, spared)
    if over > 0 and refuses:
        raise _no_room()
    if going:
        kept.filter(pk__in=going).delete()


def check_room(kept: QuerySet, loose: QuerySet, size: int, spared: Callable[[], Collection[str]]) -> None:
    """Raise NoRoom where `make_room` would, and remove nothing."""
    if _leaving(kept, loose, size, spared)[1] > 0:
        raise _no_room()


def _leaving(
    kept: QuerySet, loose: QuerySet, size: int, spared: Callable[[], Collection[str]]
) -> tuple[list[str], int]:
    """The keys of the rows that make way, and by how many bytes there is too little room all the same."""
    over = (kept.aggregate(bytes=Sum(Length("body")))["bytes"] or 0) + size - settings.KEPT_MOST
    if over <= 0:
        return [], over
    stay, going = spared(), []
    for key, length in loose.reverse().annotate(bytes=Length("body")).values_list("pk", "bytes"):
        if over <= 0:
            break
        if key not in stay:
            going.append(key)
            over -= length
    return going, over


def _no_room() -> NoRoom:
    return NoRoom(megabytes=f"{settings.KEPT_MOST / 2**20:g}")
