"""Reading JSON that a browser sent: in the body of a request, or in a field of a form."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from builder.document import DEEPEST
from builder.errors import Invalid


class TooLarge(Invalid):
    code = "too_large"
    status = 413
    sentence = "This is too large: the server takes 2.5 MB at once."
    todo = "Do it in several parts."


def json_object(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in a request's body. Raises `Invalid` for anything else, and for what is nested deeper than any
    document or value: whoever goes through it goes as deep."""
    try:
        found = json_value(request.body)
    except RequestDataTooBig as error:
        raise TooLarge from error
    if not isinstance(found, dict):
        raise Invalid("The request is not a JSON object.")
    if _is_deep(found):
        raise Invalid("What was sent is nested too deeply, so nothing was done.")
    return found


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        inner = (each.values() if isinstance(each, dict) else each for each in level)
        level = [each for values in inner for each in values if isinstance(each, dict | list)]
    return bool(level)


def json_value(text: str | bytes) -> Any:
    """Parse JSON. Raises `Invalid`, also for what is nested too deeply to be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid("The request is not valid JSON.") from error
