"""Our scripts and style sheets as they are served: without comments, without the space that nothing stands on, and with
short names for what only a class knows."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise, product
from string import ascii_letters
from typing import Any

from django.core.files.base import ContentFile, File
from django.utils.encoding import force_str
from whitenoise.storage import CompressedManifestStaticFilesStorage

_STRING = r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
# Of a script: strings, where a template begins, gaps (space and comments), what may be a pattern, and all other code.
_SCRIPT = re.compile(
    rf"(?P<string>{_STRING})|(?P<template>`)"
    r"|(?P<gap>(?:\s|//[^\n]*|/\*[\s\S]*?\*/)+)"
    r"|(?P<pattern>/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*)"
    r"""|(?P<code>[^\s"'`/]+|.)"""
)
_SHEET = re.compile(rf"(?P<string>{_STRING})|(?P<gap>(?:\s|/\*[\s\S]*?\*/)+)|(?P<code>[^\s\"'/]+|.)")
_PROPERTY = re.compile(r"[\w-]+:")
# After one of these a slash begins a regular expression; after anything else it divides.
_BEFORE_PATTERN = (*"(,=:[!&|?{};+-*%<>~^", "return")
# What only a class knows, wherever it stands.
_PRIVATE = re.compile(r"#([A-Za-z_$][\w$]*)")
# Characters that stand for themselves: no space beside them means anything, beside a string's quotes neither.
_LOOSE = "{}()[];,:=<>!&|?\"'`"
# So is it beside one of these, but two in a row may be something else, and so may one after a regular expression.
_OPERATORS = "+-*%"


def lean_script(text: str) -> str:
    """A module without comments, and without space but where it parts two words or may end a statement."""
    kept: list[tuple[str, str]] = []
    before, at = "", 0
    while at < len(text):
        found = _SCRIPT.match(text, at)
        kind, piece = found.lastgroup, found.group()
        if kind == "pattern" and before and not before.endswith(_BEFORE_PATTERN):
            piece = "/"
        if kind == "template":
            piece = text[at : _end_of_template(text, at)]
        at += len(piece)
        if kind == "gap":
            if not before or at == len(text) or _is_idle(before[-1], text[at], "\n" in piece):
                continue
            piece = "\n" if "\n" in piece else " "
        else:
            before = piece
        kept.append((kind, piece))
    return "".join(_shortened(kept))


def _shortened(pieces: list[tuple[str, str]]) -> Iterator[str]:
    """The pieces of a module with one letter for each private name, but for those that a template speaks of."""
    spoken = {name for kind, piece in pieces if kind == "template" for name in _PRIVATE.findall(piece)}
    letters = (
        letter
        for letter in chain(ascii_letters, map("".join, product(ascii_letters, repeat=2)))
        if letter not in spoken
    )
    short = {name: name for name in spoken}

    def shorter(found: re.Match[str]) -> str:
        name = found[1]
        if name not in short:
            short[name] = next(letters)
        return f"#{short[name]}"

    for kind, piece in pieces:
        yield _PRIVATE.sub(shorter, piece) if kind == "code" else piece


def _end_of_template(text: str, at: int) -> int:
    """Where the template that begins at `at` is over. What stands in its holes stays as it is."""
    depths = [0]
    at += 1
    while depths:
        sign = text[at]
        if depths[-1] == 0:
            # In the template's own text.
            if text.startswith("${", at):
                depths[-1], at = 1, at + 1
            elif sign == "`":
                depths.pop()
            at += 2 if sign == "\\" else 1
        elif string := re.compile(_STRING).match(text, at):
            at = string.end()
        else:
            depths[-1] += {"{": 1, "}": -1}.get(sign, 0)
            depths += [0] * (sign == "`")
            at += 1
    return at


def _is_idle(before: str, after: str, line: bool) -> bool:
    """Whether a gap between these two characters may go. The end of a line may end a statement unless one of these
    stands there: what ends with a brace and is no block has its semicolon (biome.jsonc)."""
    if line:
        return before in "{}([;,=:?&|" or after in "})];,=:?&|"
    if before in _OPERATORS or after in _OPERATORS:
        return before != "/" and not (before in _OPERATORS and after in _OPERATORS)
    return before in _LOOSE or after in _LOOSE


def lean_sheet(text: str) -> str:
    """A style sheet without comments, and without space around braces and after the names of properties."""
    kept = [""]
    tokens = [(found.lastgroup, found.group()) for found in _SHEET.finditer(text.strip())]
    for (kind, piece), (_, after) in pairwise([*tokens, ("code", "")]):
        before = kept[-1][-1:]
        if kind == "code" and piece[0] == "}" and before == ";":
            kept[-1] = kept[-1][:-1]
        if kind != "gap":
            kept.append(piece)
        elif not (before in "{};," or after[:1] in "{};," or (_PROPERTY.fullmatch(kept[-1]) and kept[-2][-1:] in "{;")):
            kept.append(" ")
    return "".join(kept)


LEAN = {"js/": lean_script, "css/": lean_sheet}


class LeanStorage(CompressedManifestStaticFilesStorage):
    """Collects our own files lean; those of libraries come as they are."""

    def _save(self, name: str, content: File) -> Any:
        for folder, lean in LEAN.items():
            if name.startswith(folder):
                content.seek(0)  # Naming it by its hash has read it to its end.
                content = ContentFile(lean(force_str(content.read())).encode())
        return super()._save(name, content)
