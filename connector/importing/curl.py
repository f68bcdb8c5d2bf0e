"""Turns a cURL command, as manuals print it, into a call (S9). Pure; its key goes only to where keys are sealed."""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, unquote_plus

from connector.asking.placeholders import IN_QUERY, IN_TEXT, IN_URL
from connector.asking.request import METHODS
from connector.importing import CallDraft, CannotImport, Draft, DraftRow, Parameter, Place
from connector.importing.contents import pretty
from connector.importing.flags import Command, read_flags
from connector.importing.keys import Found, in_header, in_query, is_key, looks_secret, of_user, plain_name, stand_in
from connector.importing.names import api_name, call_name, split
from connector.importing.shell import MARK, commands
from connector.importing.streaming import streams

LONGEST = 200_000
_IN_PATH = re.compile(
    r"\{\{?\s*([^{}/,]{1,60}?)\s*\}?\}|<([^<>/]{1,60})>|((?:YOUR|MY)[_-][A-Z0-9_-]*[A-Z0-9])|(?<=/):([A-Za-z]\w*)(?=/|$)"
)
_GLOB = re.compile(r"\{[^{}]*,[^{}]*\}|\[(\d+-\d+|[a-z]-[a-z])(:\d+)?\]")
_OWN = re.compile(r"(localhost|127\.[\d.]+|0\.0\.0\.0|\[::1\]|host\.docker\.internal)(?=[:/]|$)", re.IGNORECASE)
_ESCAPED = re.compile(r'\s*[\[{]+\s*\\"')
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_BARE = re.compile(r"\ue002([^\ue003]*)\ue003")


def read_curl(text: str) -> Draft:
    """The API and the single call that a command describes. Raises CannotImport, whose message repeats no value of
    it."""
    if len(text) > LONGEST:
        raise CannotImport(reason=f"it is longer than {LONGEST:,} characters")
    return _Import(_command(text)).draft()


def _command(text: str) -> Command:
    try:
        # A prompt sign that was copied along is not part of the command.
        found = [[word for word in words if word not in ("$", ">", "sudo", "!")] for words in commands(text)]
    except ValueError as error:
        raise CannotImport(reason=str(error)) from None
    calls = [_after_curl(words) for words in found]
    wanted = [words for words in calls if words is not None]
    if not wanted:
        where = "Copy the whole command from the manual, or as cURL from a browser or Postman"
        raise CannotImport(reason=f"it does not begin with curl. {where}")
    if len(wanted) > 1:
        raise CannotImport(reason="there are several cURL commands. Paste one at a time")
    return read_flags(wanted[0])


def _after_curl(words: list[str]) -> list[str] | None:
    """The words after `curl`; variable assignments may precede it."""
    for at, word in enumerate(words):
        if re.fullmatch(r"(.*/)?curl(\.exe)?", word, re.IGNORECASE):
            return words[at + 1 :]
        if not re.match(r"\w+=", word):
            return None
    return None


class _Import:
    """One command on its way to a draft: parameters by their names, and the keys that were found."""

    def __init__(self, command: Command):
        self.command = command
        self.parameters: dict[str, Parameter] = {}
        self.keys: list[Found] = []
        self.notes = list(command.notes)

    def draft(self) -> Draft:
        command = self.command
        url, query_text = self._url()
        base, path = split(url)
        body_text, body_query = self._data()
        headers = [row for name, value in command.headers if (row := self._header(name, value))]
        pairs = self._pairs(query_text, command.query, body_query)
        query = [row for name, value in pairs if (row := self._pair(name, value))]
        call = CallDraft("", self._method(bool(body_text)), path, headers, query)
        parsed = self._body(call, body_text)
        call.response_type = "stream" if streams(path, call, parsed, command.no_buffer) else "json"
        call.name, call.use_as = call_name(call.method, path), "data" if call.method in ("GET", "HEAD") else "action"
        call.limits, call.retries = dict(command.limits), command.retries
        draft = Draft(api_name(base or url), base, calls=[call], notes=self.notes)
        self._authenticate(draft)
        in_base = {name for name in IN_URL.findall(base)}
        draft.parameters = [parameter for name, parameter in self.parameters.items() if name in in_base]
        call.parameters = [parameter for name, parameter in self.parameters.items() if name not in in_base]
        return draft

    # The URL

    def _url(self) -> tuple[str, str]:
        """The URL as a template without its query, and the query."""
        urls = self.command.urls
        if not urls:
            raise CannotImport(reason="it has no URL")
        if len(urls) > 1:
            raise CannotImport(reason="it has several URLs, or a quotation mark is missing. Paste one call at a time")
        front, _, query = urls[0].strip().partition("#")[0].partition("?")
        if _GLOB.search(front):
            raise CannotImport(reason="its URL stands for several. Paste one call at a time")
        if "://" not in front:
            # Services on one's own computer rarely use HTTPS.
            front = f"http{'' if _OWN.match(front) else 's'}://{front}" if not MARK.match(front) else front
        scheme, _, rest = front.partition("://")
        if not MARK.search(scheme) and scheme.lower() not in ("http", "https"):
            named = f"{scheme.lower()}://" if re.fullmatch("[a-z]{2,6}", scheme, re.IGNORECASE) else "another word"
            raise CannotImport(reason=f"its URL begins with {named}. Write https:// instead")
        host, slash, path = rest.partition("/")
        if "@" in host and not MARK.fullmatch(host):
            user, _, host = host.rpartition("@")
            self.keys.append(of_user(unquote(user)))
            front = f"{scheme}://{host}{slash}{path}"
        if MARK.match(front) and "://" not in front:
            # A variable that holds the base URL: its name is all that is known.
            return self._marks(front, "url"), query
        front = self._marks(front, "url")
        return _IN_PATH.sub(lambda found: self._stood_for(next(filter(None, found.groups())), "url"), front), query

    def _pairs(self, in_url: str, given: list[str], body: list[tuple[str, str]]) -> list[tuple[str, str]]:
        pairs = []
        for pair in filter(None, in_url.split("&")):
            name, _, value = pair.partition("=")
            pairs.append((unquote_plus(name), unquote_plus(value)))
        return pairs + [_urlencoded(text) for text in given] + body

    def _pair(self, name: str, value: str) -> DraftRow | None:
        if found := in_query(name, value):
            self.keys.append(found)
            return None
        return self._row(name, value, "query")

    # Headers and authentication

    def _header(self, name: str, value: str) -> DraftRow | None:
        if name.lower() in ("content-length", "host", "connection", "accept-encoding", "transfer-encoding", "expect"):
            return None
        if found := in_header(name, value):
            self.keys.append(found)
            return None
        return self._row(name, value, "header")

    def _authenticate(self, draft: Draft) -> None:
        found = self.keys
        if self.command.user is not None:
            found = [of_user(self.command.user), *found]
        known = sorted((key for key in found if key.known), key=lambda key: key.scheme not in ("bearer", "basic"))
        if known:
            draft.scheme, draft.options, draft.secrets = known[0].scheme, known[0].options, known[0].secrets
        for key in found:
            if not known or key is not known[0]:
                why = "An API has one authentication" if key.known else "Such a key has no place here yet"
                draft.notes.append(f"The key in {key.where} is left out. {why}: add it to the call yourself.")

    # The body

    def _data(self) -> tuple[str, list[tuple[str, str]]]:
        """The body's text or, if the data goes into the URL, its pairs."""
        command = self.command
        if command.get:
            pairs = [pair for kind, text in command.data for pair in self._form_pairs(kind, text)]
            return "", pairs
        if any(kind == "json" for kind, _ in command.data):
            return "".join(text for _, text in command.data), []
        return "&".join(text for _, text in command.data), []

    def _form_pairs(self, kind: str, text: str) -> Iterable[tuple[str, str]]:
        if kind == "encoded":
            return [_urlencoded(text)]
        pairs = (pair.partition("=") for pair in text.split("&") if pair)
        return [(unquote_plus(name), unquote_plus(value)) for name, _, value in pairs]

    def _method(self, has_body: bool) -> str:
        command = self.command
        sends = has_body or command.form or (command.data and not command.get)
        method = command.method or ("HEAD" if command.head else "POST" if sends else "GET")
        if method not in METHODS:
            raise CannotImport(reason=f"{method[:20]} is not a method that a call can have")
        return method

    def _body(self, call: CallDraft, text: str) -> Any:
        """Set the call's body; return its content if it is JSON."""
        command = self.command
        type = next((row.value for row in call.headers if row.name.lower() == "content-type"), "").lower()
        as_json = any(kind == "json" for kind, _ in command.data)
        if command.form:
            call.body_kind = "multipart"
            call.form = [self._form_row(*row) for row in command.form]
            _without(call, "multipart/")
            files = [row.name for row in call.form if row.file]
            self.notes += [f"Choose the file for {name} in the call." for name in files]
            return None
        if not text.strip() or (command.get and not as_json):
            return None
        parsed = self._json(text)
        if parsed is not None and (as_json or "json" in type or (not type and isinstance(parsed, dict | list))):
            call.body_kind, call.body = "json", self._json_template(parsed)
            _without(call, "application/json")
            return parsed
        if as_json or "json" in type:
            call.body_kind, call.body = "json", self._marks(text, "body")
            _without(call, "application/json")
            self.notes.append("The body is not valid JSON. It is imported as it is, for you to fix.")
            return None
        if type and "x-www-form-urlencoded" not in type:
            call.body_kind, call.body = "raw", self._marks(text, "body")
            return None
        call.body_kind = "form"
        pairs = [pair for kind, piece in command.data for pair in self._form_pairs(kind, piece)]
        call.form = [self._form_row(name, value, False) for name, value in pairs]
        _without(call, "application/x-www-form-urlencoded")
        return None

    def _form_row(self, name: str, value: str, is_file: bool) -> DraftRow:
        if looks_secret(name, value) and not is_file:
            return self._blank(name, "body")
        made = self._row(name, value, "body")
        return DraftRow(made.name, made.value, made.private, made.optional, made.allow_blank, is_file)

    def _json(self, text: str) -> Any:
        """The content of a JSON text; a variable outside quotation marks is kept as a mark of its own."""
        strings = _STRING.findall(text)
        bare = iter(_STRING.split(text))
        outside = (MARK.sub('"\ue002\\1\ue003"', piece) for piece in bare)
        whole = "".join(piece + string for piece, string in zip(outside, [*strings, ""], strict=True))
        try:
            return json.loads(whole, strict=False)
        except (ValueError, RecursionError):
            # In commands for PowerShell the quotation marks inside '…' are escaped as well.
            return self._json(text.replace('\\"', '"')) if _ESCAPED.match(text) else None

    def _json_template(self, value: Any) -> str:
        return re.sub(rf'"{_BARE.pattern}"', r"\1", pretty(self._templates(value, "")))

    def _templates(self, value: Any, name: str) -> Any:
        """The JSON value with every text replaced by a template that yields this text."""
        if isinstance(value, dict):
            return {key: self._templates(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._templates(inner, name) for inner in value]
        if not isinstance(value, str):
            return value
        if bare := _BARE.fullmatch(value):
            return f"\ue002{self._stood_for(bare[1], 'body')}\ue003"
        if looks_secret(name, value) and (is_key(value) or MARK.search(value)):
            return self._blank(name, "body").value
        return self._row(name or "text", value, "body").value

    # Templates

    def _row(self, name: str, value: str, place: Place) -> DraftRow:
        """A row whose template yields the value: whatever looks like a placeholder in it becomes a parameter."""
        alone = stand_in(value) if IN_TEXT.fullmatch(value) or (place == "query" and value.startswith("{")) else None
        if alone and not MARK.search(value):
            value = self._stood_for(alone, place)
        elif not MARK.search(value) and (IN_QUERY if place == "query" else IN_TEXT).search(value):
            value = self._parameter(name, value, place)
        value = self._marks(value, place)
        return DraftRow(name, value, allow_blank=not value)

    def _marks(self, text: str, place: Place) -> str:
        return MARK.sub(lambda found: self._stood_for(found[1], place), text)

    def _blank(self, name: str, place: Place) -> DraftRow:
        """An empty row for a secret that does not fit into an API's authentication."""
        self.notes.append(f"The key in {name} is left out, since everybody who edits the app could read it.")
        return DraftRow(name, self._stood_for(name, place))

    def _stood_for(self, name: str, place: Place) -> str:
        """The placeholder for something that has no value yet."""
        return self._parameter(plain_name(name), "", place, again=True)

    def _parameter(self, name: str, value: str, place: Place, again: bool = False) -> str:
        name = made = plain_name(name)
        count = 2
        while made in self.parameters and not (again and not self.parameters[made].value):
            made, count = f"{name} {count}", count + 1
        self.parameters.setdefault(made, Parameter(made, value, place))
        return f"[{made}]" if place in ("url", "query") else f"<{made}>"


def _urlencoded(text: str) -> tuple[str, str]:
    """The name and value of a `--data-urlencode`, whose value is not encoded yet."""
    name, equals, value = text.partition("=")
    return (name, value) if equals else ("", text)


def _without(call: CallDraft, type: str) -> None:
    """Drop a Content-Type that would be sent anyway."""
    call.headers = [
        row
        for row in call.headers
        if row.name.lower() != "content-type"
        or not re.match(rf"{re.escape(type)}\S*\s*(;\s*(charset=utf-8|boundary=.*))?$", row.value, re.I)
    ]
