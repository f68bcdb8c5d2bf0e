"""What can go wrong between an app and a service, in words: what happened, why, what to do.

ConnectorError
├── NotAllowed        403  the guard refuses to go there
│   ├── NotPublic          an address that is not on the public internet
│   ├── PortNotAllowed     a port other than 80 and 443
│   └── OwnServer          this very server
├── NoAnswer          502  nothing came back
│   ├── NameUnknown        no address for the host's name
│   ├── ConnectionRefused  nobody listens there
│   ├── NotSecure          the TLS handshake failed
│   └── ClosedUnanswered   closed before it answered
├── BadAnswer         502  what came back cannot be used
│   ├── NotHttp            not HTTP, or headers over the limit
│   ├── NotDecodable       compressed in a way we did not ask for, or broken
│   ├── Damaged            a binary framing whose checksums do not hold
│   ├── NotAStream         one value, all at once
│   ├── WebPage            a page for people, such as one to sign in
│   ├── NoGrowingField     a stream in which no text grows
│   ├── RedirectRefused    a redirect that would send the body to another origin
│   │   └── RedirectNotSecure  … that leads out of https
│   ├── TooManyRedirects   a redirect to a redirect to a redirect
│   ├── FieldGone          a path that is no longer in the frames
│   └── ServiceError       an error event inside a 200, in the service's words
├── HttpError         502  an HTTP status of 400 or more
│   ├── KeyRefused         401, 403
│   ├── Redirected         301 and its like, where they are not followed
│   ├── NothingThere       404, 410
│   ├── TooManyCalls       429
│   └── ServiceBroken      500 and above
├── BrokenOff         502  the answer was cut off midway
└── LimitCrossed      504  one of the limits of S12, each a class of its own

Two branches stand beside the code that raises them: `asking/errors.py`, when a request cannot be made, and
`sending/auth_errors.py`, when the caller cannot be authenticated. `service` is the API's name as the author gave it. No
data ever holds a header's value, a query or a secret.
"""

from http import HTTPStatus
from typing import Any

from builder.errors import StreamwrightError


class ConnectorError(StreamwrightError):
    """The root; `service` may be omitted."""

    code = "connector"
    status = 502

    def __init__(self, sentence: str | None = None, **data: Any):
        super().__init__(sentence, **({"service": "The service"} | {k: v for k, v in data.items() if v is not None}))


class NotAllowed(ConnectorError):
    code = "not_allowed"
    status = 403
    sentence = "Calls to {host} are not allowed from this server."
    todo = "Whoever runs the server can allow {host}:{port} in OUTGOING_ALLOW."


class NotPublic(NotAllowed):
    code = "not_public"
    sentence = "{host} is not a public address."
    why = "Calls go to the public internet only, so that nothing inside the network can be reached."


class PortNotAllowed(NotAllowed):
    code = "port_not_allowed"
    sentence = "Port {port} of {host} is not allowed."
    why = "Calls go to ports 80 and 443 only."


class OwnServer(NotAllowed):
    code = "own_server"
    sentence = "{host} is this server itself."
    why = "An app may not call the server it lives on."


class NoAnswer(ConnectorError):
    code = "no_answer"
    sentence = "{service} could not be reached."
    why = "The connection failed: {reason}."
    todo = "Check the URL, or try again later."

    def __init__(self, sentence: str | None = None, **data: Any):
        super().__init__(sentence, **({"reason": "the network refused it"} | data))


class NameUnknown(NoAnswer):
    code = "name_unknown"
    sentence = "There is no host named {host}."
    why = "Its name has no address on the internet."
    todo = "Check the URL for a typing mistake."


class ConnectionRefused(NoAnswer):
    code = "connection_refused"
    sentence = "{service} refused the connection."
    why = "Nothing listens on port {port} of {host}."
    todo = "Check the URL, or whether the service is up."


class NotSecure(NoAnswer):
    code = "not_secure"
    sentence = "There is no secure connection to {service}."
    why = "The TLS handshake with {host} failed: {reason}."
    todo = "Check the URL; only the service can fix its certificate."


class ClosedUnanswered(NoAnswer):
    code = "closed_unanswered"
    sentence = "{service} closed the connection without an answer."
    why = "It took the request and said nothing. Whether it did anything is not known."
    todo = "Try again."


class BadAnswer(ConnectorError):
    code = "bad_answer"
    sentence = "{service} answered with something that cannot be read."


class NotHttp(BadAnswer):
    code = "not_http"
    sentence = "{service} did not answer with HTTP that can be read."
    why = "{reason}."
    todo = "Check scheme and port of the URL."


class NotDecodable(BadAnswer):
    code = "not_decodable"
    sentence = "The answer of {service} is compressed in a way that cannot be read."
    why = "{reason}."
    todo = "Remove the header Accept-Encoding if the call has one."


class Damaged(BadAnswer):
    code = "damaged"
    sentence = "The answer of {service} arrived damaged."
    why = "{reason}."
    todo = "Try again."


class NotAStream(BadAnswer):
    code = "not_a_stream"
    sentence = "{service} answered with one JSON value, all at once."
    why = "The body does not ask for a stream."
    todo = 'Add "stream": true, Initialize again.'


class WebPage(BadAnswer):
    code = "web_page"
    sentence = "{service} answered with a web page, not with data."
    why = "The address leads to a website, or somebody has to sign in there first."
    todo = "Check the URL and the key."


class NoGrowingField(BadAnswer):
    code = "no_growing_field"
    sentence = "No field in the frames grows."
    why = "All frames hold whole values, such as prices."
    todo = "Add the value as Number or Text."


class RedirectRefused(BadAnswer):
    """`to` is where it leads, without its query."""

    code = "redirect_refused"
    sentence = "{service} redirects the call to {to}, which is another address."
    why = "The body or the URL may hold secrets, which go to the address you wrote and to no other."
    todo = "Write the new address into the URL if it is the service's own."


class RedirectNotSecure(RedirectRefused):
    code = "redirect_not_secure"
    sentence = "{service} redirects the call to {to}, where nothing is encrypted."
    why = "The URL begins with https://, and a redirect never leads out of it."


class TooManyRedirects(BadAnswer):
    code = "too_many_redirects"
    sentence = "{service} redirects the call again and again."
    why = "It was followed {most} times and led nowhere."
    todo = "Check the URL."


class FieldGone(BadAnswer):
    code = "field_gone"
    sentence = "{path} is no longer in the frames."
    why = "The service changed its answer after the last Initialize."
    todo = "Initialize again and check the fields."


class ServiceError(BadAnswer):
    code = "service_error"
    sentence = "{service} sent an error: {message}"
    why = "The error came inside the stream, after the service had accepted the call."
    todo = "Try again, or look at the raw frame."


def it_says(message: str) -> str:
    """The service's own words as the last sentence of an error's why; nothing without any."""
    end = "" if message[-1:] in (".", "!", "?", "…") else "."
    return f" It says: {message}{end}" if message else ""


def in_full(error: ConnectorError | str) -> str:
    """What happened, for the author, with the service's own words where there are any: the reason is often only there,
    as in "model 'llama3' not found"."""
    return f"{error}{error.data.get('said', '')}" if isinstance(error, ConnectorError) else error


class HttpError(ConnectorError):
    """An HTTP status of 400 or more. `message` is the service's own sentence, masked, if there was one; `retry_after`
    is what it says about when to try again, in seconds or as a date."""

    code = "http_error"
    sentence = "{service} refused the call ({http_status})."
    why = "It answered {phrase}.{said}"
    todo = "Check the call's URL, parameters and body."

    def __init__(self, sentence: str | None = None, **data: Any):
        message, wait = str(data.get("message") or "").strip(), str(data.get("retry_after") or "").strip()[:40]
        status = data.get("http_status", 0)
        words = next((each.phrase for each in HTTPStatus if each == status), "")
        said = {
            "said": it_says(message),
            "phrase": f"{status} {words}".strip(),
            "after": f"{wait} seconds" if wait.isdigit() else f"until {wait}" if wait else "a moment",
        }
        super().__init__(sentence, **(data | said | {"message": message}))

    @staticmethod
    def of(http_status: int, **data: Any) -> "HttpError":
        """The error for a status; data: `service`, `message`, `retry_after`."""
        kind = _HTTP_ERRORS.get(http_status, ServiceBroken if http_status >= 500 else HttpError)
        return kind(http_status=http_status, **data)


class KeyRefused(HttpError):
    code = "key_refused"
    sentence = "{service} refused the key ({http_status})."
    why = "The key is missing, wrong or expired.{said}"
    todo = "Put in a new key and try again."


class Redirected(HttpError):
    """A redirect in response to a call that does not follow it (P23). `to` is its target, without the query."""

    code = "redirected"
    sentence = "{service} answered that the call goes to {to} ({http_status})."
    why = "Redirects are not followed, so that no key goes where it does not belong."
    todo = "Write that address into the URL, or tick Follow redirects in the call's settings."


class NothingThere(HttpError):
    code = "nothing_there"
    sentence = "{service} has nothing at this URL ({http_status})."
    why = "The path or a name in it is wrong.{said}"
    todo = "Check the URL and the model's name."


class TooManyCalls(HttpError):
    code = "too_many_calls"
    sentence = "{service} says there were too many calls ({http_status})."
    why = "Its limit for this key is reached.{said}"
    todo = "Wait {after} and try again, or raise the limit with the service."


class ServiceBroken(HttpError):
    code = "service_broken"
    sentence = "{service} failed ({http_status})."
    why = "The fault is on its side: {phrase}.{said}"
    todo = "Wait {after} and try again."


_HTTP_ERRORS: dict[int, type[HttpError]] = {
    401: KeyRefused,
    403: KeyRefused,
    404: NothingThere,
    410: NothingThere,
    429: TooManyCalls,
}


class BrokenOff(ConnectorError):
    code = "broken_off"
    sentence = "The answer of {service} was cut off."
    why = "The connection ended before the answer was whole."
    todo = "Let the step try again, or show the text so far."


class LimitCrossed(ConnectorError):
    """One of the limits of S12 was crossed. `limit` is its name in the call's form; `most` is its value there."""

    code = "limit_crossed"
    status = 504
    limit = ""
    todo = "Raise the limit in the call if this is normal."

    @staticmethod
    def of(limit: str, most: float, service: str | None = None) -> "LimitCrossed":
        """The error for a limit, by its name; `most` is in seconds, bytes or characters."""
        shown = {"most": f"{most:g}" if most < 10_000 else f"{most:,.0f}", "megabytes": f"{most / 2**20:g}"}
        return _LIMITS[limit](limit=limit, service=service, **shown)


class ConnectTooSlow(LimitCrossed):
    limit = "connect"
    sentence = "No connection to {service} within {most} s."
    why = "The service is down or the address is wrong."
    todo = "Check the URL or raise the limit for connecting."


class NothingArrived(LimitCrossed):
    limit = "first_byte"
    sentence = "Nothing arrived for {most} s."
    why = "The service is busy or the address is wrong."
    todo = "Check the URL or raise the wait."


class StoppedAnswering(LimitCrossed):
    limit = "silence"
    sentence = "{service} stopped answering: nothing came for {most} s."
    why = "The service is stuck, or thinks for longer than the call waits."
    todo = "Show the text so far, or raise the limit for silence."


class TookTooLong(LimitCrossed):
    limit = "total"
    sentence = "The answer was not finished after {most} s."
    why = "The call's limit for the whole answer is {most} s."


class TooMuch(LimitCrossed):
    limit = "size"
    sentence = "The answer is larger than {megabytes} MB."
    why = "The call's limit for the whole answer is {megabytes} MB."


class FrameTooLarge(LimitCrossed):
    limit = "frame"
    sentence = "One frame is larger than {megabytes} MB."
    why = "A line or frame may have {megabytes} MB."
    todo = "Check that the framing found by Initialize is right."


class TextTooLong(LimitCrossed):
    limit = "text"
    sentence = "One text is longer than {most} characters."
    why = "A text may have {most} characters."


_LIMITS = {kind.limit: kind for kind in LimitCrossed.__subclasses__()}
