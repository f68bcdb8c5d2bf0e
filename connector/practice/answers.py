"""Answers that roughly fit a question: a text chosen by the question's words, cut into token-sized pieces."""

import re
from collections.abc import Sequence
from itertools import cycle
from random import Random

OPENINGS = (
    "You ask: “{question}” Here is what I know.",
    "“{question}” is a good thing to ask.",
    "To “{question}”, in a few words:",
)
EARLIER = " Earlier it was “{question}”, so I go on from there."

# Topic: the words it is chosen by, and its text.
TOPICS = {
    "plants": (
        "plant plants grow growing leaf leaves flower flowers tree trees garden seed seeds root roots water",
        "Plants make their food from light. In a green leaf, **water** from the roots and **carbon dioxide** from "
        "the air become sugar, and oxygen is left over.\n\nWhat a plant on a window sill needs:\n\n"
        "- light, but not the midday sun;\n- water when the first centimetre of soil is dry;\n"
        "- a bigger pot every second spring.\n\nYellow leaves mostly mean too much water, not too little.",
    ),
    "tides": (
        "tide tides sea ocean moon wave waves beach coast ebb flood",
        "The tide does not come in: the Earth turns under it. The **moon** pulls the sea on the near side more than "
        "the Earth, and the Earth more than the sea on the far side, so there are two bulges.\n\n"
        "1. A coast passes through both in a little more than a day.\n2. High water therefore comes about every "
        "12 hours and 25 minutes.\n3. When sun and moon pull in one line, the tide is highest: a *spring tide*.",
    ),
    "bread": (
        "bread bake baking dough flour yeast sourdough oven loaf recipe cook cooking food",
        "A good loaf takes four things and one night.\n\n1. Mix 500 g of flour, 350 g of water, 10 g of salt and a "
        "pinch of yeast.\n2. Cover the dough and leave it alone for twelve hours.\n3. Fold it, shape it, and let it "
        "rise for an hour more.\n4. Bake it in a covered pot: **240 °C**, 30 minutes with the lid, 15 without.\n\n"
        "It is done when it sounds hollow. Wait before you cut it – the crumb is still setting.",
    ),
    "cities": (
        "city cities town towns paris london tokyo berlin capital travel street streets live trip visit",
        "Cities grew where roads, rivers and markets met. What makes one pleasant to walk in is much the same "
        "everywhere: short blocks, shops at the corners, trees, and a square to sit in.\n\n"
        "> A street is a room, said an architect, and the sky is its ceiling.\n\n"
        "For a first visit: arrive by train, walk to the river, and take the **second** café you see. "
        "The first is for people in a hurry.",
    ),
    "code": (
        "code program programming python javascript function bug error api stream streaming software test",
        "Here is the idea in a few lines of Python:\n\n```python\ndef pieces(text, size=4):\n"
        "    for start in range(0, len(text), size):\n        yield text[start : start + size]\n```\n\n"
        "The function is a *generator*: it hands out one piece, waits, and goes on where it stopped. Streaming works "
        'the same way: whoever reads decides how fast it goes. Try it with `list(pieces("a < b && c"))`.',
    ),
    "greeting": (
        "hello hi hey greetings welcome thanks",
        "Hello! 👋 I am the practice API of this Streamwright. I know a little about plants, tides, bread, cities "
        "and code. Ask me about one of them and watch the answer arrive, word by word.",
    ),
}
NO_TOPIC = (
    "I am only the **practice API**, so I do not really know. What I can do is answer the way a model does: one small "
    "piece after the other, as fast as you like. Ask me about plants, tides, bread, cities or code, and the answer "
    "will fit a little better."
)
# Word by word, each with the white space before it; long words in two, as tokenizers do.
PIECE = re.compile(r"\s*(?:\w{1,9}|[^\w\s]{1,3})|\s+")
LONGEST_QUOTE = 80


def answer(question: str, earlier: Sequence[str] = (), *, seed: int, length: int | None = None) -> list[str]:
    """The pieces of an answer to the question; joined, they are its text. The same arguments give the same pieces.

    `earlier` are the previous questions, oldest first; `length` is the exact number of pieces.
    """
    chance = Random(seed)
    text = chance.choice(OPENINGS).format(question=quoted(question))
    if earlier:
        text += EARLIER.format(question=quoted(earlier[-1]))
    topic = topic_of(question)
    pieces = cut(f"{text}\n\n{TOPICS[topic][1] if topic else NO_TOPIC}", chance)
    more = cycle(TOPICS.values())
    while length is not None and len(pieces) < length:
        pieces += cut(f"\n\n{next(more)[1]}", chance)
    return pieces[:length]


def topic_of(question: str) -> str | None:
    """The topic with the most words in the question; None if there is none."""
    asked = re.findall(r"\w+", question.lower())
    hits = {topic: sum(word in words.split() for word in asked) for topic, (words, _) in TOPICS.items()}
    best = max(hits, key=hits.__getitem__)
    return best if hits[best] else None


def quoted(question: str) -> str:
    """A question made fit to be quoted: on one line, and cut at a word if it is long."""
    line = " ".join(question.split()) or "…"
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def cut(text: str, chance: Random) -> list[str]:
    """The text in token-sized pieces; every now and then two come together."""
    pieces: list[str] = []
    for piece in PIECE.findall(text):
        if pieces and len(pieces[-1]) < 8 and chance.random() < 0.12:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def words_in(texts: Sequence[str]) -> int:
    """The number of words, which the practice API counts as input tokens."""
    return sum(len(text.split()) for text in texts)
