"""The options of cURL: what the words of a command ask for. Nothing of a command is ever executed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from connector.importing import CannotImport

# Options with a value, by what is done with it; then those without.
_VALUED = {
    "method": "-X --request",
    "header": "-H --header",
    "data": "-d --data --data-ascii --data-binary",
    "raw": "--data-raw",
    "encoded": "--data-urlencode",
    "json": "--json",
    "form": "-F --form",
    "form_text": "--form-string",
    "user": "-u --user",
    "agent": "-A --user-agent",
    "referer": "-e --referer",
    "cookie": "-b --cookie",
    "bearer": "--oauth2-bearer",
    "url": "--url",
    "query": "--url-query",
    "total": "-m --max-time",
    "connect": "--connect-timeout",
    "retry": "--retry",
    "range": "-r --range",
    "certificate": "-E --cert --key --cert-type --key-type --pass",
    "proxy": "-x --proxy --preproxy --socks5 --socks5-hostname -U --proxy-user --proxy-header --noproxy",
    "signed": "--aws-sigv4",
    "refused": "-T --upload-file -K --config --unix-socket --abstract-unix-socket --variable",
    "quiet": """
        -o --output -w --write-out -c --cookie-jar -D --dump-header --cacert --capath --limit-rate -y
        --speed-time -Y --speed-limit --resolve --connect-to --interface --retry-delay --retry-max-time --max-redirs
        --keepalive-time
        --tls-max --ciphers --output-dir --stderr --trace --trace-ascii --dns-servers --expect100-timeout --max-filesize
        --parallel-max --netrc-file --pinnedpubkey --proto --proto-default""",
}
_PLAIN = {
    "get": "-G --get",
    "head": "-I --head",
    "no_buffer": "-N --no-buffer",
    "insecure": "-k --insecure --proxy-insecure",
    "follow": "-L --location --location-trusted",
    "next": "-: --next",
    "other_auth": "--digest --ntlm --negotiate --anyauth -n --netrc --netrc-optional",
    "quiet": """
        -s --silent -S --show-error -i --include --show-headers -v --verbose --compressed -f --fail
        --fail-with-body --fail-early -g --globoff -0 --http1.0 --http1.1 --http2 --http2-prior-knowledge --http3 -1
        --tlsv1 --tlsv1.0
        --tlsv1.1 --tlsv1.2 --tlsv1.3 -4 --ipv4 -6 --ipv6 -# --progress-bar --no-progress-meter -O --remote-name -J
        --remote-header-name --create-dirs --raw --basic --tcp-nodelay --path-as-is -q --disable --retry-connrefused
        --retry-all-errors --ssl-no-revoke --tr-encoding -j --junk-session-cookies --post301 --post302 --post303 -Z
        --parallel --ssl-reqd --http0.9 --styled-output --no-keepalive --no-alpn --no-sessionid""",
}
_DOES = {option: (does, True) for does, options in _VALUED.items() for option in options.split()}
_DOES |= {option: (does, False) for does, options in _PLAIN.items() for option in options.split()}


@dataclass
class Command:
    """What a command asks for. `data` are pieces of a body in order, each with how it was given: data, raw, encoded or
    json; `form` rows are (name, value, is a file). `notes` say what is not supported."""

    urls: list[str] = field(default_factory=list)
    method: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    query: list[str] = field(default_factory=list)
    data: list[tuple[str, str]] = field(default_factory=list)
    form: list[tuple[str, str, bool]] = field(default_factory=list)
    user: str | None = None
    get: bool = False
    head: bool = False
    no_buffer: bool = False
    limits: dict[str, float] = field(default_factory=dict)
    retries: int = 0
    notes: list[str] = field(default_factory=list)


def read_flags(words: list[str]) -> Command:
    """Parse the words after `curl`. Raises CannotImport, naming an option and never its value."""
    command, rest = Command(), list(words)
    heredoc = next((word[2:] for word in rest if word.startswith("<<")), None)
    rest = [word for word in rest if not word.startswith("<<")]
    while rest:
        word = _with_hyphens(rest.pop(0))
        if word == "--":
            command.urls += rest
            break
        if word.startswith("--"):
            name, equals, value = word.partition("=")
            does, valued = _known(name)
            _apply(command, does, name, (value if equals else _next(rest, name)) if valued else "", heredoc)
        elif word.startswith("-") and len(word) > 1:
            _short(command, word, rest, heredoc)
        else:
            command.urls.append(word)
    if _NOTES["signed"].format(name="--aws-sigv4") in command.notes:
        command.user = None  # what it signs with is no name and password
    return command


def _with_hyphens(word: str) -> str:
    """An option whose hyphens a word processor has turned into a dash."""
    bare = word.lstrip("–—")
    option = f"{'-' if len(bare) == 1 else '--'}{bare}"
    return option if bare != word and option.partition("=")[0] in _DOES else word


def _known(name: str) -> tuple[str, bool]:
    if name in _DOES:
        return _DOES[name]
    if name.startswith("--no-") and f"--{name[5:]}" in _DOES:
        return "quiet", False
    # cURL accepts the beginning of a long name if only one begins like that.
    fits = {_DOES[option] for option in _DOES if option.startswith(name)} if len(name) > 4 else set()
    if len(fits) == 1:
        return fits.pop()
    raise CannotImport(reason=f"the option {name[:30]} is not known. Remove it and paste the command again")


def _short(command: Command, word: str, rest: list[str], heredoc: str | None) -> None:
    """Short options in one word, such as `-sSN`; the last may have its value in the same word, as in `-XPOST`."""
    for at in range(1, len(word)):
        name = f"-{word[at]}"
        does, valued = _known(name)
        if valued:
            value = word[at + 1 :].removeprefix("=") or _next(rest, name)
            _apply(command, does, name, value, heredoc)
            return
        _apply(command, does, name, "", heredoc)


def _next(rest: list[str], name: str) -> str:
    if not rest:
        raise CannotImport(reason=f"{name} has no value")
    return rest.pop(0)


def _apply(command: Command, does: str, name: str, value: str, heredoc: str | None) -> None:
    if does in ("data", "json", "encoded"):
        value = _without_file(does, name, value, heredoc)
    act = _ACTS.get(does)
    if act:
        act(command, name, value)
    elif does in ("data", "raw", "encoded", "json"):
        command.data.append((does, value))
    elif does in _NOTES:
        note = _NOTES[does].format(name=name)
        command.notes += [note] if note not in command.notes else []


def _without_file(does: str, name: str, value: str, heredoc: str | None) -> str:
    """The value, unless it is a file on somebody's computer. `@-` is what the command itself brings along."""
    if value == "@-" and heredoc is not None:
        return heredoc
    leads = "@" in value.partition("=")[0] if does == "encoded" else value.startswith("@")
    if leads:
        file = value.partition("@")[2][:60]
        what = "what is typed into the terminal" if file == "-" else f"the file {file}"
        raise CannotImport(
            reason=f"{name} sends {what}, which only your computer has. Paste its text in place of @{file}"
        )
    return value


def _header(command: Command, name: str, value: str) -> None:
    if value.startswith("@"):
        raise CannotImport(reason=f"{name} reads headers from a file. Paste them into the command")
    title, colon, text = value.partition(":")
    if not colon and title.endswith(";"):
        title = title[:-1]
    elif not text.strip():
        # Such a header is removed from those that cURL sends by itself.
        return
    command.headers.append((title.strip(), text.strip()))


def _form(command: Command, name: str, value: str) -> None:
    row, equals, content = value.partition("=")
    if not equals:
        raise CannotImport(reason=f"{name} needs a row written as name=value")
    is_file = content.startswith("@")
    if content.startswith("<"):
        raise CannotImport(reason=f"the row {row[:60]} of the form reads a file. Paste its text in place of it")
    if not is_file:
        content = content.partition(";type=")[0]
        if len(content) > 1 and content[0] == content[-1] == '"':
            content = content[1:-1].replace('\\"', '"')
    command.form.append((row, "" if is_file else content, is_file))


def _form_text(command: Command, name: str, value: str) -> None:
    row, _, content = value.partition("=")
    command.form.append((row, content, False))


def _cookie(command: Command, name: str, value: str) -> None:
    if "=" not in value:
        raise CannotImport(reason=f"{name} reads cookies from a file. Paste them into the command as name=value")
    command.headers.append(("Cookie", value))


def _seconds(limit: str) -> Callable[[Command, str, str], None]:
    def act(command: Command, name: str, value: str) -> None:
        try:
            command.limits[limit] = min(max(float(value), 0.1), {"connect": 60, "total": 3600}[limit])
        except ValueError:
            raise CannotImport(reason=f"{name} needs a number of seconds") from None

    return act


def _retry(command: Command, name: str, value: str) -> None:
    command.retries = min(int(value), 5) if value.isdigit() else 0


def _refuse(command: Command, name: str, value: str) -> None:
    raise CannotImport(reason=f"{name} needs something that only your computer has. Paste a command without it")


def _several(command: Command, name: str, value: str) -> None:
    raise CannotImport(reason="it makes several calls. Paste one at a time")


def _to(attribute: str, convert: Callable[[str], object] = str) -> Callable[[Command, str, str], None]:
    def act(command: Command, name: str, value: str) -> None:
        setattr(command, attribute, convert(value))

    return act


def _as_header(title: str, before: str = "") -> Callable[[Command, str, str], None]:
    return lambda command, name, value: command.headers.append((title, before + value))


_ACTS: dict[str, Callable[[Command, str, str], None]] = {
    "method": _to("method", str.upper),
    "header": _header,
    "form": _form,
    "form_text": _form_text,
    "user": _to("user"),
    "agent": _as_header("User-Agent"),
    "referer": _as_header("Referer"),
    "range": _as_header("Range", "bytes="),
    "bearer": _as_header("Authorization", "Bearer "),
    "cookie": _cookie,
    "url": lambda command, name, value: command.urls.append(value),
    "query": lambda command, name, value: command.query.append(value),
    "total": _seconds("total"),
    "connect": _seconds("connect"),
    "retry": _retry,
    "refused": _refuse,
    "next": _several,
    "get": _to("get", lambda value: True),
    "head": _to("head", lambda value: True),
    "no_buffer": _to("no_buffer", lambda value: True),
}
_NOTES = {
    "insecure": "{name} is left out: certificates are always checked.",
    "follow": "{name} is left out: redirects are only followed where the call says so.",
    "proxy": "{name} is left out: calls go straight to the service.",
    "certificate": "{name} is left out: put the certificate into the API's authentication.",
    "signed": "{name} is left out: requests are not signed. A service that also takes a key works with that.",
    "other_auth": "{name} is left out: choose the authentication yourself.",
}
