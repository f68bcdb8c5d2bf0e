"""Reading JSON that a browser sent: in the body of a request, or in a field of a form."""

import json
from typing import Any

from django.http import HttpRequest

from builder.errors import Invalid


def json_object(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in a request's body. Raises `Invalid` for anything else."""
    found = json_value(request.body)
    if not isinstance(found, dict):
        raise Invalid("The request is not a JSON object.")
    return found


def json_value(text: str | bytes) -> Any:
    """Parse JSON. Raises `Invalid`, also for what is nested too deeply to be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid("The request is not valid JSON.") from error
