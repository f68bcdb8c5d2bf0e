"""Names for an imported API and its calls, and the part of their URLs that the calls share."""

import re

from connector.asking.placeholders import IN_URL
from connector.document import name_from

# How services spell their own names, if it takes more than a capital letter.
_NAMES = ("AI21", "AssemblyAI", "DeepSeek", "ElevenLabs", "GitHub", "GitLab", "HubSpot", "NLX", "OpenAI", "OpenRouter")
_SPELLED = {name.lower(): name for name in _NAMES} | {"huggingface": "Hugging Face"}
_HOSTS = {
    "generativelanguage.googleapis.com": "Gemini",
    "aiplatform.googleapis.com": "Vertex AI",
    "openai.azure.com": "Azure OpenAI",
    "amazonaws.com": "Amazon Bedrock",
    "ntfy.sh": "ntfy",
    "x.ai": "xAI",
}
# First labels of a host that do not name a service, and last ones that every service has.
_FRONT = {"api", "apis", "www", "app", "apps", "router", "rest", "gateway", "inference", "stream", "v1", "eu", "us"}
_BACK = re.compile(r"(\.(co|com|org|net))?\.[a-z]{2,12}$")
# Path segments that all calls of an API begin with.
_SHARED = re.compile(r"v\d+\w*|api|rest|openai|inference|public|graphql", re.IGNORECASE)
_VERBS = {"POST": "Create", "PUT": "Update", "PATCH": "Update", "DELETE": "Delete", "GET": "Get", "HEAD": "Check"}
_ACTIONS = re.compile(
    "answer|ask|call|chat|classify|complete|converse|embed|generate|infer|invoke|moderate|predict|query|rerank|run|search"
    "|send|speak|stream|summarize|transcribe|translate"
)
_LANGUAGE = re.compile(r".-[a-z]{2}-[A-Z]{2}$")
_ID = re.compile(r".|\d+|.*(\d.*){3,}|.{33,}|[\[{<].*")


def split(url: str) -> tuple[str, str]:
    """Split a URL into the base and the call's own path, without the query: `https://api.x.com/v1`, `/chat`."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*://[^/?#]*)([^?#]*)", url)
    if not found:
        return "", url
    steps, shared = found[2].split("/")[1:], 0
    while shared < len(steps) - 1 and _SHARED.fullmatch(steps[shared]):
        shared += 1
    base = "/".join([found[1], *steps[:shared]])
    return base, found[2][len(base) - len(found[1]) :]


def api_name(url: str) -> str:
    """A name for the API behind a URL."""
    host = re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*://", "", IN_URL.sub("x", url)).partition("/")[0].lower()
    plain = host.rpartition("@")[2].partition(":")[0]
    for known, name in _HOSTS.items():
        if plain == known or plain.endswith((f".{known}", f"-{known}")):
            return name
    if not plain or re.fullmatch(r"[\d.]+|localhost|\[.*", plain):
        return f"Local {host.rpartition(':')[2]}" if host else name_from(url)
    labels = [label for label in _BACK.sub("", plain).split(".") if label not in _FRONT] or plain.split(".")[:1]
    label = labels[-1]
    return _SPELLED.get(label, label.replace("-", " ").capitalize())[:80]


def call_name(method: str, path: str) -> str:
    """A name for a call: `POST /chat/completions` becomes `Create chat completion`."""
    steps = [step for step in path.partition("?")[0].split("/") if step and not _SHARED.fullmatch(step)]
    if steps and ":" in steps[-1].strip(":"):
        return _sentence(_words(steps[-1].rpartition(":")[2]))
    # What precedes a language code is the key of a channel, and so is what precedes that.
    in_language = bool(steps and _LANGUAGE.search(steps[-1]))
    plain = [] if in_language else [step for step in steps if not _ID.fullmatch(step)]
    if not plain:
        return {"POST": "Send", "GET": "Get"}.get(method, method.capitalize())
    ends_in_id = steps[-1] != plain[-1]
    dotted = re.sub(r"\.(json|xml|php)$", "", plain[-1], flags=re.IGNORECASE).split(".")
    last = _words(dotted[-1])
    if len(dotted) > 1 or (len(last) == 1 and _ACTIONS.fullmatch(last[0])) or "stream" in last:
        return _sentence(last)
    if method == "GET" and not ends_in_id and last[-1].endswith("s"):
        return _sentence(["list", *last])
    verb = _VERBS.get(method, method.capitalize())
    beside = len(plain) > 1 and method == "POST" and steps[-2:] == plain[-2:]
    before = _words(plain[-2]) if beside else []
    whole = [*before, *last] if len(before) == 1 and not before[0].endswith("s") else last
    return _sentence([verb.lower(), *whole[:-1], _one(whole[-1])])


def _words(step: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", step)
    return [word.lower() for word in re.split(r"[\W_]+", spaced) if word] or [step.lower()]


def _one(word: str) -> str:
    """The singular of a plural."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _sentence(words: list[str]) -> str:
    return " ".join(words).capitalize()[:80]
