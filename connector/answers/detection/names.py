"""What a found field is called in the dialog, and how likely an author is to want it."""

import re

from connector.answers.detection.leaves import Path

# Meanings of values, most wanted first: a pattern for the path as words, and the suggested name.
_NUMBERS = (
    (
        r"\b(prompt|input|in) (token|eval) ?count$|\b(prompt|input) tokens$|tokens evaluated$|input length$"
        r"|\b(usage|tokens?) (prompt|input|in)$",
        "Input tokens",
    ),
    (
        r"\b(candidates|output|generated|out|completion) token count$|\b(completion|output|generated) tokens$"
        r"|tokens predicted$|\beval count$|token usage$|\b(usage|tokens?) (completion|output|generated|out)$",
        "Output tokens",
    ),
    (r"\btotal tokens?( count)?$|\b(usage|tokens?) total$", "Total tokens"),
)
_TEXTS = (
    (r"\b(finish|stop|done|end|stopping)( reason| type)$|\bfinish$", "Finish reason"),
    (r"\bmodel( name| version| id)?$", "Model"),
    (r"\bconversation id$", "Conversation id"),
    (r"^(message |response |result )?id$|^(response|run) id$", "Id"),
)
_DETAILS = re.compile(r"details?\b|cached?\b|audio|accepted|rejected|ephemeral|creation|read\b|reasoning|thoughts")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def words(path: Path) -> str:
    """A path as lower-case words: `usageMetadata.promptTokenCount` → `usage metadata prompt token count`."""
    names = (step for step in path if isinstance(step, str))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", _CAMEL.sub(" ", name).lower()).strip() for name in names)


def meaning(path: Path, type: str) -> tuple[str, int] | None:
    """The name and rank (0 is most wanted) of a value whose path tells what it is; None for all others."""
    said = words(path)
    if type == "number" and not _DETAILS.search(said):
        return _first(_NUMBERS, said, 0)
    return _first(_TEXTS, said, 3) if type == "text" else None


def wanted(path: Path, type: str, moves: bool, once: bool) -> bool:
    """Whether a value without a known meaning is likely to be used: ids, states, flags that come once or change."""
    said = words(path)
    if any(isinstance(step, int) and step > 0 for step in path) or re.search(r"\bsettings\b|\bparameters\b", said):
        return False
    if type == "yes_no":
        return len(path) <= 3 and (moves or once)
    if type == "text":
        state = re.search(r"\b(status|state|reason|conclusion)$", said)
        return len(path) <= 3 and bool(state or (not moves and re.search(r"\bid$", said)))
    named = bool(path) and isinstance(path[-1], str)
    return named and bool(re.search(r"\b(tokens?|cost|price)$", said)) and not _DETAILS.search(said)


def readable(path: Path) -> str:
    """The last name in the path as people write it: `hasPendingDataRequest` → `Has pending data request`."""
    last = words(tuple(step for step in path if isinstance(step, str))[-1:])
    return last[:1].upper() + last[1:] if last else "Value"


def longer(path: Path) -> str:
    """The name together with its container's, for when the last name alone is taken."""
    last = words(tuple(step for step in path if isinstance(step, str))[-2:])
    return last[:1].upper() + last[1:] if last else "Value"


def unique(name: str, path: Path, taken: set[str]) -> str:
    """Reserve `name`, or a variant of it that is not taken yet, and return it."""
    choices = [
        name,
        *([longer(path)] if name == readable(path) else []),
        *(f"{name} {number}" for number in range(2, len(taken) + 3)),
    ]
    found = next(choice for choice in choices if choice not in taken)
    taken.add(found)
    return found


def _first(table: tuple[tuple[str, str], ...], said: str, base: int) -> tuple[str, int] | None:
    for rank, (pattern, name) in enumerate(table):
        if re.search(pattern, said):
            return name, base + rank
    return None
