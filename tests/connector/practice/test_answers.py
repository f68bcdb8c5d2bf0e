"""Answers fit the question a little, and are known by their seed."""

import pytest

from connector.practice.answers import LONGEST_QUOTE, TOPICS, answer, quoted, topic_of, words_in


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Why do the LEAVES of my plant turn yellow?", "plants"),
        ("What makes the tide?", "tides"),
        ("How do I bake a sourdough loaf?", "bread"),
        ("Which city should I visit?", "cities"),
        ("Explain this Python function", "code"),
        ("hello", "greeting"),
        ("What is the sum of the angles?", None),
        ("", None),
    ],
)
def test_the_topic_follows_from_the_words(question, topic):
    assert topic_of(question) == topic


@pytest.mark.parametrize("seed", range(6))
def test_an_answer_begins_with_the_words_of_the_question(seed):
    text = "".join(answer("What makes\n the tide?", seed=seed))
    assert "“What makes the tide?”" in text[:40]
    assert text.endswith(TOPICS["tides"][1])


def test_the_same_seed_gives_the_same_pieces_and_another_one_others():
    assert answer("tides", seed=1) == answer("tides", seed=1)
    assert len({tuple(answer("tides", seed=seed)) for seed in range(8)}) == 8


def test_the_question_before_is_taken_up():
    assert "Earlier it was “bread?”" in "".join(answer("and cities?", ["tides?", "bread?"], seed=1))


@pytest.mark.parametrize("length", [1, 5, 900])
def test_the_length_is_exact(length):
    pieces = answer("tides", seed=3, length=length)
    assert len(pieces) == length
    assert pieces[:5] == answer("tides", seed=3)[: min(5, length)]


@pytest.mark.parametrize("topic", TOPICS)
def test_the_pieces_are_the_size_of_tokens(topic):
    pieces = answer(topic, seed=5)
    assert max(len(piece) for piece in pieces) < 32
    assert sum(len(piece) for piece in pieces) / len(pieces) < 8


def test_a_long_question_is_quoted_short():
    assert quoted("word " * 100).endswith("word …")
    assert len(quoted("word " * 100)) <= LONGEST_QUOTE + 2


def test_words_are_counted_over_all_texts():
    assert words_in(["Be kind.", "Why is there a tide?"]) == 7
