"""Room for what is kept of an app: its files and its captures have so many bytes each, and the oldest make way."""

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.db.models.functions import Length

from connector.errors import ConnectorError


class NoRoom(ConnectorError):
    """Data: `megabytes`, all there is room for."""

    code = "no_room"
    status = 409
    sentence = "There is no room for this file: the files of an app may have {megabytes} MB in all."
    why = "What authors uploaded is kept for as long as the app is there."
    todo = "Send large files by their address, or ask whoever runs this server for more room."


def make_room(kept: QuerySet, loose: QuerySet, size: int, refuses: bool = True) -> None:
    """Remove the oldest of the rows `loose` until `size` bytes more have room beside those of `kept`, of which they
    are; both newest first, their bytes in `body`. Where all of them are not enough it raises NoRoom and removes none,
    or where it `refuses` nothing removes all."""
    over = (kept.aggregate(bytes=Sum(Length("body")))["bytes"] or 0) + size - settings.KEPT_MOST
    going = []
    oldest = loose.reverse().annotate(bytes=Length("body")).values_list("pk", "bytes")
    for key, length in oldest if over > 0 else ():
        if over <= 0:
            break
        going.append(key)
        over -= length
    if over > 0 and refuses:
        raise NoRoom(megabytes=f"{settings.KEPT_MOST / 2**20:g}")
    if going:
        kept.filter(pk__in=going).delete()
