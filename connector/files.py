"""Files that calls send and receive: stored in the database, available to others under addresses nobody can guess."""

import mimetypes
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from builder.document import Body
from builder.models import App
from connector.asking.bodies import Files, Upload, file_keys
from connector.asking.placeholders import rows
from connector.kinds.api import OF_ROWS
from connector.models import CallFile

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")
_FAR_NAME = re.compile(r"filename\*=utf-8''([^;\s]+)", re.IGNORECASE)
_NEAR_NAME = re.compile(r"""filename=(?:"([^"]*)"|([^;\s"]+))""", re.IGNORECASE)
_BARE = "application/octet-stream"


def uploads_for(app: App, document: Body, call: str, values: Mapping[str, Any]) -> Files:
    """The files that a call of an app sends, by key: those its form or its values refer to, if the app has them. Reads
    their whole content; none for a body that is not a form."""
    if document["nodes"][call]["props"].get("body_kind") not in OF_ROWS:
        return {}
    own = (row.value for row in rows(document, call) if row.slot in ("form", "parameters"))
    keys = {key for value in [*own, *values.values()] for key in file_keys(value) if key}
    return {kept.pk: Upload(kept.name, kept.content_type, bytes(kept.body)) for kept in _kept(app, keys)}


def _kept(app: App, keys: set[str]) -> Iterable[CallFile]:
    return CallFile.objects.filter(app=app, pk__in=keys) if keys else ()


def media_type(content_type: str) -> str:
    """A content type without its parameters; a default if it is not one."""
    plain = content_type.partition(";")[0].strip().lower()
    return plain if _MEDIA_TYPE.fullmatch(plain) else _BARE


def name_in(headers: Mapping[str, str], path: str, content_type: str) -> str:
    """The name of a response's file: as its headers say, else the last segment of its URL, with the extension for its
    content type."""
    said = headers.get("content-disposition", "")
    far, near = _FAR_NAME.search(said), _NEAR_NAME.search(said)
    given = unquote(far[1]) if far else near[1] or near[2] if near else ""
    name = given or unquote(PurePosixPath(path).name) or "file"
    kind = media_type(content_type)
    ending = "" if kind == _BARE else mimetypes.guess_extension(kind) or ""
    return name if mimetypes.guess_type(name)[0] else f"{name}{ending}"
