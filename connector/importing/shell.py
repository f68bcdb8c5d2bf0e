"""The words of a shell command as manuals print it: quoted for bash or for Windows, over several lines, with variables.

A variable's value is unknown, so it is kept as a mark, `marked("KEY")`.
"""

import re
import sys
from collections.abc import Callable

_OPEN, _CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
# Quotation marks as word processors make them.
_PRINTED = str.maketrans("“”„‘’", '"""\'\'')
# What separates commands in a shell.
_ENDS = re.compile(r"&&|\|\||[;|&\n]")
_REDIRECT = re.compile(r"\d?(>>?(?!\w+>)|<(?![^\s<>]+>))(&\d)?[ \t]*")
_PLAIN = re.compile(r"[\w./:=?%@,+~*!()\[\]{}^-]+")
_CONTINUED = re.compile(r"[ \t]+(\n|$)|\n([ \t]*#[^\n]*\n)+")
_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?::?[-=?+][^}]*)?\})")
_COMMAND = re.compile(r"\$\(([^()]*)\)|`([^`]*)`")
_HEREDOC = re.compile(r"<<-?[ \t]*(['\"]?)(\w+)\1")
_ANSI = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b", "E": "\x1b"}
_ANSI_CODE = re.compile(r"x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})")


def marked(name: str) -> str:
    """The mark for a variable."""
    return f"{_OPEN}{name}{_CLOSE}"


def commands(text: str) -> list[list[str]]:
    """The commands in a text, each as its words. Raises ValueError for an unclosed quotation."""
    text = text.replace(_OPEN, "").replace(_CLOSE, "").replace("\r\n", "\n").replace("\r", "\n")
    if "'" not in text and '"' not in text:
        text = text.translate(_PRINTED)
    return _Reader(_from_windows(text)).commands()


def _from_windows(text: str) -> str:
    """A command for cmd.exe or PowerShell rewritten for bash: `^` and a backtick continue a line; if a browser copied
    it for cmd.exe, `^` precedes every special character."""
    if '^"' in text:
        text = re.sub(r"\^\n[ \t]*\n?", " ", text)
        return re.sub(r"\^(.)", r"\1", text).replace("%%", "%")
    text = re.sub(r"[ \t]\^[ \t]*\n", " ", text)
    return re.sub(r"[ \t]`[ \t]*\n", " ", text)


class _Reader:
    """One pass over the text. A `$NAME` that was assigned earlier in the text has that value."""

    def __init__(self, text: str):
        self.text, self.at = text, 0
        self.known: dict[str, str] = {}
        self.found: list[list[str]] = [[]]
        # The current word, in pieces; None between words.
        self.word: list[str] | None = None
        self.heredoc = ""

    def commands(self) -> list[list[str]]:
        while self.at < len(self.text):
            self._step()
        self._end_command()
        return [words for words in self.found if words]

    def _step(self) -> None:
        text, at = self.text, self.at
        here = text[at]
        if here == "#" and self.word is None:
            self._to(text.find("\n", at))
        elif here == "\n" and self.heredoc:
            self._read_heredoc()
        elif here == "\\":
            self._backslash()
        elif here == "'":
            self._add(self._until("'"))
        elif here == '"':
            self._add(self._double())
        elif text.startswith("$'", at):
            self._ansi()
        elif text.startswith('$"', at):
            self.at += 1
        elif found := _HEREDOC.match(text, at):
            self.at, self.heredoc = found.end(), found[2]
        elif here in "$`" and (stood := self._variable()):
            self._add(stood)
        elif self.word is None and (found := _REDIRECT.match(text, at)):
            self.at = found.end()
            self._skip_word()
        elif found := _ENDS.match(text, at):
            # An & inside a word belongs to a URL that the manual forgot to quote.
            if here == "&" and found[0] == "&" and any("://" in piece for piece in (self.word or ())[:8]):
                self._add("&", 1)
                return
            self.at = found.end()
            self._end_command()
        elif here.isspace():
            self.at += 1
            self._end_word()
        else:
            found = _PLAIN.match(text, at)
            self._add(found[0] if found else here, found.end() - at if found else 1)

    def _add(self, piece: str, length: int = 0) -> None:
        self.word = [] if self.word is None else self.word
        self.word.append(piece)
        self.at += length

    def _to(self, at: int) -> None:
        self.at = len(self.text) if at < 0 else at

    def _backslash(self) -> None:
        # Manuals leave blanks after the backslash, and comments between the lines.
        if found := _CONTINUED.match(self.text, self.at + 1):
            self.at = found.end()
            self._end_word()
        elif self.text[self.at + 1 : self.at + 2] in ("\n", ""):
            self.at += 2
        else:
            self._add(self.text[self.at + 1], 2)

    def _until(self, quote: str) -> str:
        end = self.text.find(quote, self.at + 1)
        if end < 0:
            raise ValueError("a quotation mark is not closed")
        found = self.text[self.at + 1 : end]
        self.at = end + 1
        return found

    def _double(self) -> str:
        self.at += 1
        found: list[str] = []
        while self.at < len(self.text) and (here := self.text[self.at]) != '"':
            after = self.text[self.at + 1 : self.at + 2]
            if here == "\\" and after == "\n":
                self.at += 2
            elif here == "\\" and after in ('"', "\\", "$", "`"):
                found.append(after)
                self.at += 2
            elif here in "$`" and (stood := self._variable()):
                found.append(stood)
            else:
                found.append(here)
                self.at += 1
        if self.at >= len(self.text):
            raise ValueError("a quotation mark is not closed")
        self.at += 1
        return "".join(found)

    def _ansi(self) -> None:
        """`$'…'`: backslash escapes as in C."""
        self.at += 2
        found: list[str] = []
        while self.at < len(self.text) and (here := self.text[self.at]) != "'":
            self.at += 1
            if here != "\\":
                found.append(here)
            elif code := _ANSI_CODE.match(self.text, self.at):
                self.at = code.end()
                found.append(_letter(code))
            else:
                after = self.text[self.at : self.at + 1]
                self.at += 1
                found.append(_ANSI.get(after, after if after in "'\"\\?" else f"\\{after}"))
        if self.at >= len(self.text):
            raise ValueError("a quotation mark is not closed")
        self.at += 1
        self._add("".join(found).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))

    def _variable(self) -> str:
        """The mark for a `$NAME`, a `${NAME}` or a command substitution; empty if there is none here."""
        if found := _VARIABLE.match(self.text, self.at):
            self.at = found.end()
            name = found[1] or found[2]
            return self.known.get(name) or marked(name)
        if found := _COMMAND.match(self.text, self.at):
            self.at = found.end()
            words = re.findall(r"[A-Za-z]+", (found[1] or found[2] or "").replace("print", ""))
            return marked("_".join(words[-2:]) or "value")
        return ""

    def _read_heredoc(self) -> None:
        """The text between the line with `<<NAME` and the line `NAME`, as the command's last word."""
        end = re.compile(rf"^[ \t]*{self.heredoc}[ \t]*$", re.MULTILINE).search(self.text, self.at + 1)
        if not end:
            raise ValueError(f"there is no line {self.heredoc} that ends its text")
        content = self.text[self.at + 1 : end.start()].removesuffix("\n")
        self.at, self.heredoc = end.end(), ""
        self._end_word()
        self.found[-1].append(f"<<{_substituted(content, lambda name: self.known.get(name) or marked(name))}")
        self._end_command()

    def _skip_word(self) -> None:
        """The target of a redirection is not a word of the command."""
        before, self.word = self.word, []
        while self.at < len(self.text) and not self.text[self.at].isspace():
            self._step()
        self.word = before

    def _end_word(self) -> None:
        if self.word is not None:
            self.found[-1].append("".join(self.word))
        self.word = None

    def _end_command(self) -> None:
        self._end_word()
        words = self.found[-1]
        if words and words[0] in ("export", "set", "setx"):
            words = words[1:]
        set_here = [re.fullmatch(r"(?:\$env:)?(\w+)=(.*)", word, re.DOTALL) for word in words]
        for found in set_here if all(set_here) else ():
            if found and found[2]:
                self.known[found[1]] = found[2]
        self.found.append([])


def _letter(code: re.Match[str]) -> str:
    digits = next(group for group in code.groups() if group)
    number = int(digits, 8 if code[4] else 16)
    return chr(number) if number <= sys.maxunicode else "\ufffd"


def _substituted(text: str, value_of: Callable[[str], str]) -> str:
    return _VARIABLE.sub(lambda found: value_of(found[1] or found[2]), text)
