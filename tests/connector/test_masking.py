"""P24: a secret that comes back is masked, however it is written and wherever it is cut."""

import base64
import html
import json
from urllib.parse import quote, quote_plus

import pytest

from connector.framings import framings
from connector.masking import MASK, mask, mask_part, mask_pieces
from tests.contracts.test_framings import message

SECRET = 'sk-"live"/+é&01 234567'
WAYS = {
    "plain": str,
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON, not ASCII": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "JSON of PHP": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "URL": lambda text: quote(text, safe=""),
    "path": quote,
    "form": quote_plus,
    "URL in lower case": lambda text: (
        quote(text, safe="").replace("%C3%A9", "%c3%a9").replace("%2F", "%2f").replace("%2B", "%2b")
    ),
    "HTML": html.escape,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    **{
        f"base64 behind {n}": lambda text, n=n: base64.b64encode(b"u" * n + b":" + text.encode() + b"!").decode()
        for n in range(4)
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_p24_a_secret_is_masked_in_every_way_it_is_written(way):
    written = WAYS[way](SECRET)
    masked = mask(f"Incorrect API key: {written}.", [SECRET])
    assert MASK in masked
    left = masked.removeprefix("Incorrect API key: ").removesuffix(".").replace(MASK, "")
    assert len(left) <= 10  # In base64, what stands around it and shares letters with its ends.


@pytest.mark.parametrize("cut", range(1, 30))
def test_p24_a_secret_cut_over_two_reads_is_masked_and_lengths_stay(cut):
    whole = b'data: {"key": "sk-live-0123456789"}\n\n'
    masked = mask_pieces([whole[:cut], whole[cut:]], ["sk-live-0123456789"])
    assert [len(piece) for piece in masked] == [cut, len(whole) - cut]
    assert b"".join(masked) == b'data: {"key": "******************"}\n\n'


@pytest.mark.parametrize("cut", [1, 7, 40, 10_000])
def test_p24_a_binary_event_stream_can_still_be_read_once_it_is_masked(cut: int) -> None:
    """S19: the replay of a capture; the secret stands in a payload, inside of base64 and in a header."""
    key = "sk-live-01234567"
    inner = json.dumps({"text": f"Your key {key} is good: ü"}).encode()
    texts = [{"bytes": base64.b64encode(inner).decode(), "p": "abc"}, {"delta": key}, {"delta": "fine"}]
    body = b"".join(message(json.dumps(each).encode(), ":event-type", f"say-{key}") for each in texts)
    whole = body + message(b"{}")[:15]  # and one that was cut off
    pieces = mask_pieces([whole[at : at + cut] for at in range(0, len(whole), cut)], [key])
    assert [len(piece) for piece in pieces][:-1] == [cut] * (len(pieces) - 1)
    assert key.encode() not in b"".join(pieces)
    reader = framings["eventstream"].new()
    frames = [frame for piece in pieces for frame in reader.feed(piece)] + reader.close()
    stars = "*" * len(key)
    assert [frame.bad for frame in frames] == [False] * 3 and reader.partial
    said = [next(iter(frame.value.values())) for frame in frames]
    assert said == [f"Your key {stars} is good: ü", stars, "fine"]
    assert {frame.event for frame in frames} == {f"say-{stars}"}


def test_what_was_damaged_before_it_was_masked_stays_so() -> None:
    body = bytearray(message(json.dumps({"delta": SECRET}).encode()))
    body[-1] ^= 1
    (frame,) = framings["eventstream"].new().feed(b"".join(mask_pieces([bytes(body)], [SECRET])))
    assert frame.bad and SECRET not in frame.text


@pytest.mark.parametrize("way", WAYS)
def test_p24_no_half_of_a_secret_is_left_where_a_text_is_cut(way):
    written = WAYS[way](SECRET)
    text = f"Zoë wrote 🚀: {written} and more"
    # In base64, what stands around it shares letters with its ends.
    parts = [written[at : at + 6] for at in range(6, len(written) - 12)]
    for cut in range(len(text) + 1):
        shown = mask_part(text, [SECRET], 0, cut), mask_part(text, [SECRET], cut, None)
        assert not any(part in each for part in parts for each in shown)
        assert shown[0].startswith("Zoë wrote 🚀: "[:cut]) and text.endswith(shown[1][-9:])


def test_what_is_cut_without_a_secret_at_its_edges_is_the_same():
    text = "Zoë wrote 🚀 and more"
    assert mask_part(text, [], 3, -3) == mask_part(text, ["sk-other-key"], 3, -3) == text[3:-3]
    assert mask_part(text, ["sk-other-key"], -5, None) == " more"


def test_what_is_too_short_to_be_a_secret_is_left_alone():
    assert mask("a cat on the mat", ["a", "cat", ""]) == "a cat on the mat"
    assert mask("nothing", []) == "nothing" and mask_pieces([b"x"], []) == [b"x"]


def test_the_longer_of_two_secrets_goes_first():
    assert mask("sk-12345678-more", ["sk-12345678", "sk-12345678-more"]) == MASK
