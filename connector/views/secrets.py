"""The authentication panel of an API: scheme, options, and what may be known about its secrets, never a secret itself
(S4)."""

import re
from typing import Any, cast

from django import forms

from builder.document import Body, children
from builder.forms import IN_OUR_WORDS
from builder.models import App
from connector.asking.address import read
from connector.asking.errors import BadAddress
from connector.asking.placeholders import IN_URL
from connector.auth import Scheme, auth, plain
from connector.calls import resolve
from connector.document import url_of
from connector.errors import ConnectorError
from connector.models import Credential

LIVE, DEVELOPMENT = Credential.Environment.LIVE, Credential.Environment.DEVELOPMENT
_OWN_PORT = re.compile(r"(https://\S+):443(?!\S)|(http://\S+):80(?!\S)")


def authentication(app: App, api: Body, call: str | None = None, asking: str = "") -> dict[str, Any]:
    """An API's authentication as the panel shows it. `asking` is the environment whose secrets are being typed: one at
    a time, and the live ones by default while there are none."""
    scheme, options = scheme_of(api), options_of(api)
    origin = origin_of(api, call)
    kept = {each.environment: each for each in Credential.objects.filter(app=app, api=api["root"], name=scheme.name)}
    sent_to, problem = goes_to(api, origin)
    if not asking and (LIVE not in kept or kept[LIVE].origin != sent_to):
        asking = LIVE
    return {
        "scheme": scheme.name,
        "schemes": sorted(((name, each.label) for name, each in auth.items()), key=_in_order),
        "hint": scheme.hint if scheme.needs_secrets and LIVE not in kept else "",
        "options": options_form(api) if scheme.Options.base_fields else None,
        "options_at": f"{api['root']}_{scheme.name}",
        "secrets": [
            _environment(scheme, options, each, kept, sent_to, asking)
            for each in (LIVE, DEVELOPMENT)
            if scheme.needs_secrets
        ],
        "form": secrets_form(scheme),
        "several": len(scheme.Secrets.base_fields) > 1,
        "sent_to": _as_written(sent_to),
        "problem": problem,
    }


def _environment(
    scheme: Scheme, options: dict[str, Any], name: str, kept: dict[str, Credential], sent_to: str, asking: str
) -> dict[str, Any]:
    """The secrets of one environment: whether there are any, where they were saved for, and how they are shown."""
    own = kept.get(name)
    ending = next((hint for hint in own.hints.values() if hint), "") if own else ""
    dots = "" if " " in ending else "•••• ••••"
    return {
        "name": name,
        "label": Credential.Environment(name).label,
        "kept": own,
        "shown": " ".join(filter(None, (scheme.shown(options), dots, ending))),
        "saved_for": _as_written(own.origin) if own else "",
        "elsewhere": bool(own and sent_to and own.origin != sent_to),
        "asked": asking == name,
        "words": _words(name, kept),
    }


def _as_written(origins: str) -> str:
    """Origins as people write them: without their scheme's default port."""
    return _OWN_PORT.sub(r"\1\2", origins)


def _words(name: str, kept: dict[str, Credential]) -> str:
    """Which secret is used where."""
    if name == LIVE:
        return "" if LIVE in kept else "Not set."
    if DEVELOPMENT in kept:
        return "Preview uses this one."
    return "Preview uses the live secret." if LIVE in kept else "Not set. Preview would use the live secret."


def scheme_of(api: Body) -> Scheme:
    """The scheme an API authenticates with."""
    return auth[_chosen(api).get("scheme") or "none"]


def options_of(api: Body) -> dict[str, Any]:
    """Its options, with defaults for those that are not set."""
    fields, held = scheme_of(api).Options.base_fields, _chosen(api).get("options") or {}
    return {name: plain(held.get(name, field.initial)) for name, field in fields.items()}


def options_form(api: Body, **typed: str) -> forms.Form:
    """The form of what is not secret. What was just typed is validated; the other options only when a call is made,
    since they are filled in one by one."""
    kind = cast(Any, scheme_of(api).Options)
    # Ids of their own: a call has a method and a body, too, and other schemes may have the same fields.
    dressed = {"label_suffix": "", "auto_id": f"{api['root']}_{scheme_of(api).name}_%s"}
    if not typed:
        return kind(initial=options_of(api), **dressed)
    form = in_our_words(kind(options_of(api) | typed, **dressed))
    for name in form.errors.keys() - typed.keys():
        del form.errors[name]
    return form


def secrets_form(scheme: Scheme, typed: Any = None) -> forms.Form:
    """The form for typing a scheme's secrets."""
    return in_our_words(cast(Any, scheme.Secrets)(typed, label_suffix=""))


def in_our_words(form: forms.Form) -> forms.Form:
    """A scheme's form, which is one of Django's own, with our wording for missing values."""
    for field in form.fields.values():
        field.error_messages["required"] = IN_OUR_WORDS["required"]
    return form


def goes_to(api: Body, origin: str) -> tuple[str, str]:
    """Where an API's secrets are sent for a call to `origin`, and what has to be filled in before they can be saved."""
    scheme, options = scheme_of(api), options_of(api)
    if not origin:
        return "", "Write the URL first: a key belongs to one address."
    try:
        sent_to = scheme.goes_to(origin, options)
    except ConnectorError as error:
        return "", error.why or str(error)
    fields = scheme.Options.base_fields
    unsaid = [str(each.label) for name, each in fields.items() if each.required and options[name] in (None, "")]
    return sent_to, f"Fill in {', '.join(unsaid)} first: it decides where the secrets go." if unsaid else ""


def origin_of(api: Body, call: str | None = None) -> str:
    """`scheme://host:port` that a call, or an API, leads to: what its secret belongs to. Empty if there is none."""
    url = url_of(api, call) if call else api["nodes"][api["root"]]["props"].get("base_url") or ""
    keys = children(api, api["root"], "parameters") + (children(api, call, "parameters") if call else [])
    values = {api["nodes"][key]["name"]: str(api["nodes"][key]["props"].get("value") or "x") for key in keys}
    try:
        return read(resolve(IN_URL.sub(lambda found: values.get(found[1], "x"), url))).origin if url else ""
    except BadAddress:
        return ""


def chosen(api: Body, scheme: str) -> dict[str, Any]:
    """What an API stores about its authentication once another scheme is chosen; the options of each are kept."""
    held = _chosen(api)
    earlier = {**(held.get("earlier") or {}), held.get("scheme") or "none": held.get("options") or {}}
    options = earlier.pop(scheme, {})
    earlier = {name: each for name, each in earlier.items() if each}
    return {"scheme": scheme, "options": options} | ({"earlier": earlier} if earlier else {})


def with_option(api: Body, option: str, value: Any) -> dict[str, Any]:
    """What an API stores about its authentication once an option has changed."""
    return {**_chosen(api), "scheme": scheme_of(api).name, "options": options_of(api) | {option: value}}


# From the simple ones that most services use to those that few do.
_ORDER = ("none", "bearer", "key_in_header", "key_in_url", "basic", "oauth2_client_credentials", "oauth2_password")


def _in_order(choice: tuple[str, str]) -> tuple[int, str]:
    name, label = choice
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), label)


def _chosen(api: Body) -> dict[str, Any]:
    return api["nodes"][api["root"]]["props"].get("auth") or {}
