"""The security schemes of an OpenAPI description as the API's authentication."""

from typing import Any, cast

from connector.auth import auth
from connector.importing import Draft
from connector.importing.described import Described

_HTTP = {"bearer": "bearer", "basic": "basic"}


def authenticate(draft: Draft, described: Described, requirements: list[Any]) -> None:
    """Choose the draft's authentication: the first alternative that is supported; note what is left to do."""
    schemes = described.object(described.root, "components", "securitySchemes")
    alternatives = [each for each in requirements if isinstance(each, dict) and each]
    wanted = [described.object(schemes, name) for each in alternatives for name in each] or (
        [] if requirements else [described.object(each) for each in schemes.values()][:1]
    )
    for scheme in wanted:
        name, options, note = _of(described, scheme, draft.base_url)
        if name in auth:
            draft.scheme, draft.options = name, _fitting(name, options)
            draft.notes += [note] if note else []
            if any(len(each) > 1 for each in alternatives):
                draft.notes.append(
                    "It asks for several keys at once. An API has one authentication: add the others as headers."
                )
            return
    if wanted:
        draft.notes.append("Its way to authenticate is not known here. Choose one in the API.")


def _of(described: Described, scheme: dict[str, Any], base: str) -> tuple[str, dict[str, Any], str]:
    """The name of the authentication, its options, and a note about it."""
    type = described.text(scheme, "type").lower()
    if type == "http":
        return _HTTP.get(described.text(scheme, "scheme").lower(), ""), {}, ""
    if type == "apikey":
        name, place = described.text(scheme, "name"), described.text(scheme, "in")
        known = {"header": ("key_in_header", {"header": name}), "query": ("key_in_url", {"parameter": name})}
        return (*known.get(place, ("", {})), "")
    if type == "mutualtls":
        return "client_certificate", {}, ""
    if type == "oauth2":
        return _of_flows(described, described.object(scheme, "flows"), base)
    if type == "openidconnect":
        return "bearer", {}, "It signs people in. Put in an access token, or choose another authentication."
    return "", {}, ""


def _of_flows(described: Described, flows: dict[str, Any], base: str) -> tuple[str, dict[str, Any], str]:
    for flow, name in (("clientCredentials", "oauth2_client_credentials"), ("password", "oauth2_password")):
        if found := described.object(flows, flow):
            url = described.text(found, "tokenUrl")
            if url.startswith("/"):
                url = "/".join(base.split("/")[:3]) + url
            scopes = " ".join(described.object(found, "scopes"))
            return name, {"token_url": url, "scope": scopes[:500]}, ""
    return "bearer", {}, "It signs people in. Put in an access token, or choose another authentication."


def _fitting(name: str, options: dict[str, Any]) -> dict[str, Any]:
    """The options accepted by the scheme's own form, with defaults for the rest; as given if they are not valid yet."""
    kind = cast(Any, auth[name].Options)
    whole = {each: field.initial for each, field in kind.base_fields.items() if field.initial is not None} | options
    form = kind(whole)
    return form.cleaned_data if form.is_valid() else {k: v for k, v in whole.items() if k in kind.base_fields}
