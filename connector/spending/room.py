"""Room for what an app stores: its files and its captures each have a number of bytes, and the oldest make way."""

from collections.abc import Callable, Collection

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.db.models.functions import Length

from connector.errors import ConnectorError


class NoRoom(ConnectorError):
    """Data: `megabytes`, the room there is in total."""

    code = "no_room"
    status = 409
    sentence = "There is no room for this file: the files of an app may take up {megabytes} MB in all."
    why = "What is in use is kept: files that a call, a thing or an open page names, and what was uploaded today."
    todo = "Send large files by their address, or ask whoever runs this server for more room."


def make_room(
    kept: QuerySet, loose: QuerySet, size: int, refuses: bool = True, spared: Callable[[], Collection[str]] = tuple
) -> None:
    """Delete the oldest of the rows `loose` until `size` more bytes fit beside those of `kept`, of which they are a
    part; both are ordered newest first and have their bytes in `body`. Rows whose keys `spared` returns stay; it is
    called only if something has to go. If all the others together are not enough, it raises NoRoom and deletes none, or
    all of them if it `refuses` nothing."""
    going, over = _leaving(kept, loose, size, spared)
    if over > 0 and refuses:
        raise _no_room()
    if going:
        kept.filter(pk__in=going).delete()


def check_room(kept: QuerySet, loose: QuerySet, size: int, spared: Callable[[], Collection[str]]) -> None:
    """Raise NoRoom if `make_room` would, but delete nothing."""
    if _leaving(kept, loose, size, spared)[1] > 0:
        raise _no_room()


def _leaving(
    kept: QuerySet, loose: QuerySet, size: int, spared: Callable[[], Collection[str]]
) -> tuple[list[str], int]:
    """The keys of the rows that make way, and how many bytes are still missing afterwards."""
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
