"""Downloads the description of an API, under the same guard and limits as every call (P22)."""

from connector.asking.address import read
from connector.asking.errors import BadAddress
from connector.asking.request import Request
from connector.auth import auth
from connector.errors import HttpError
from connector.importing import CannotImport
from connector.importing.described import MOST
from connector.sending.client import send
from connector.spending.limits import Limits

_LIMITS = Limits(connect=10, first_byte=20, silence=20, total=40, size=MOST)
_ACCEPT = b"application/json, application/yaml, text/yaml, */*;q=0.5"


async def text_at(url: str) -> str:
    """The text at a URL. Raises ConnectorError with a readable reason."""
    try:
        address = read(url if "://" in url else f"https://{url}")
    except BadAddress as error:
        raise CannotImport(reason=f"its URL cannot be called: {error.data['reason']}") from None
    headers = [("Accept", _ACCEPT), ("Accept-Encoding", b"identity")]
    request = Request("GET", address, headers, None, auth["none"].using(None, {}), address.host, redirects=True)
    async with send(request, _LIMITS) as response:
        if response.status >= 400:
            raise HttpError.of(response.status, service=address.host)
        return (await response.read()).decode("utf-8", "replace")
