"""Texts that grow: utterances, and what is new for a reader of each."""

import pytest

from connector.answers.growing import GrowingText, starts_again


def spoken(*wordings: str, restarts: bool = False) -> GrowingText:
    """A text of these wordings; `/` closes an utterance."""
    text = GrowingText()
    for said in wordings:
        if said == "/":
            text.close_utterance()
        else:
            text.utter(said, restarts)
    return text


@pytest.mark.parametrize(
    ("wordings", "whole"),
    [
        (["a", "a b", "/", "c", "c d"], "a b c d"),
        (["a b ", "/", "c"], "a b c"),
        (["a b", "/", "", "c"], "a b c"),
        (["a b", "/"], "a b"),
        (["今日は", "/", "晴れ"], "今日は晴れ"),
        (["I", "Ice", "Ice cream"], "Ice cream"),
    ],
)
def test_utterances_stand_one_after_the_other(wordings: list[str], whole: str) -> None:
    """S20. With a space between them where the script has spaces."""
    assert spoken(*wordings).whole() == whole


def test_a_reader_is_told_of_what_is_new_and_of_what_has_changed() -> None:
    """S22."""
    text = spoken("Good", "Good day", "/", "how")
    assert (text.epoch, text.since(8)) == (0, " how")
    text.utter("How are you")
    assert (text.epoch, text.whole()) == (1, "Good day How are you")


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("How are you today", "I", True),
        ("How are you today", "How", False),
        ("How are you", "How are you today", False),
        ("I scream for ice", "Ice cream for ice", False),
        ("", "I", False),
        ("I", "", False),
    ],
)
def test_an_utterance_starts_again_when_it_is_shorter_and_other(old: str, new: str, again: bool) -> None:
    assert starts_again(old, new) is again
    assert spoken(old, new, restarts=True).whole() == (f"{old} {new}" if again else new)
