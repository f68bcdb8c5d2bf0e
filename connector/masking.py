"""Masks known secrets in everything that is stored or shown: a response that repeats the key, an error, a capture
(P24)."""

import base64
import html
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from connector.framings import framings
from connector.framings.eventstream import rewritten

MASK = "••••••"
# Masking anything shorter would blank ordinary words.
_SHORTEST = 4
# No encoding of a secret needs more characters per character: a rocket in a URL is %F0%9F%9A%80.
_LONGER = 12


def mask(text: str, secrets: Iterable[str]) -> str:
    """Replace every secret in the text, however it is encoded: plain, in JSON, in a URL, in HTML, in base64."""
    pattern = _pattern(secrets)
    return (
        pattern.sub(MASK.encode(), text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")
        if pattern
        else text
    )


def mask_part(text: str, secrets: Iterable[str], start: int | None, end: int | None) -> str:
    """`text[start:end]`, masked. A secret that crosses an edge is masked as a whole; cut first, half of it would remain
    readable."""
    secrets = list(secrets)
    pattern, (first, last, _) = _pattern(secrets), slice(start, end).indices(len(text))
    if not pattern:
        return text[first:last]
    reach = _LONGER * max(map(len, secrets))
    before, part, after = (
        each.encode("utf-8", "surrogatepass")
        for each in (text[max(0, first - reach) : first], text[first:last], text[last : last + reach])
    )
    whole, at, stop, shown = before + part + after, len(before), len(before) + len(part), b""
    for found in pattern.finditer(whole):
        if found.end() > at and found.start() < stop:
            shown, at = shown + whole[at : found.start()] + MASK.encode(), found.end()
    return (shown + whole[at:stop]).decode("utf-8", "surrogatepass")


def mask_pieces(pieces: list[bytes], secrets: Iterable[str]) -> list[bytes]:
    """The reads of a response with every secret replaced by as many asterisks, even if it is split over two reads.
    Lengths stay the same, and the checksums of a binary event stream are recomputed, so that it can still be parsed."""
    pattern = _pattern(secrets)
    if not pattern:
        return pieces

    def starred(data: bytes) -> bytes:
        return pattern.sub(lambda found: b"*" * len(found[0]), data)

    body = b"".join(pieces)
    whole = rewritten(body, starred) if framings["eventstream"].sniff(body[:12]) else starred(body)
    masked, start = [], 0
    for piece in pieces:
        masked.append(whole[start : start + len(piece)])
        start += len(piece)
    return masked


def _pattern(secrets: Iterable[str]) -> re.Pattern[bytes] | None:
    forms = {form for secret in secrets if len(secret) >= _SHORTEST for form in _forms(secret)}
    longest_first = sorted((form for form in forms if len(form) >= _SHORTEST), key=len, reverse=True)
    return re.compile(b"|".join(re.escape(form) for form in longest_first)) if longest_first else None


def _forms(secret: str) -> Iterable[bytes]:
    for text in {secret, secret.strip()}:
        escaped = json.dumps(text)[1:-1]
        quoted = quote(text, safe="")
        written = {
            text,
            escaped,
            json.dumps(text, ensure_ascii=False)[1:-1],
            escaped.replace("/", "\\/"),
            html.escape(text),
        }
        written |= {
            quoted,
            quote(text),
            quote_plus(text),
            quoted.lower(),
            re.sub("%..", lambda found: found[0].lower(), quoted),
        }
        yield from (form.encode("utf-8", "surrogatepass") for form in written)
        yield from _base64_forms(text.encode("utf-8", "surrogatepass"))


def _base64_forms(secret: bytes) -> Iterable[bytes]:
    """Base64 of the secret alone, and the part that is certain if it is inside something longer, such as
    `user:secret`."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(secret)
        yield encode(secret).rstrip(b"=")
        for before in range(3):
            inner = encode(b"\0" * before + secret)
            first = (before * 8 + 5) // 6
            last = (before + len(secret)) * 8 // 6
            # A few letters of base64 occur in any text; only a part as long as a key is sure to be one.
            if last - first >= 12:
                yield inner[first:last]
