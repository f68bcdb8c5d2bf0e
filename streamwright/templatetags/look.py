"""Template tags that every page uses: icons, style sheets, modules with their import map, and the theme."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from streamwright import modules
from streamwright.stylesheets import paths_of

register = template.Library()

THEMES = ("auto", "light", "dark")


@register.simple_tag
def icon(name: str, size: int | None = None, label: str = "", **attributes: str) -> SafeString:
    """One symbol from the sprite: `{% icon "wave" size=14 class="ink-stream" %}`. Sizes: 12, 14, 16, 20.

    It is decorative unless a `label` is given.
    """
    return _icon(name, size, label, attributes.get("class", ""))


@lru_cache(maxsize=1024, typed=True)
def _icon(name: str, size: int | None, label: str, wears: str) -> SafeString:
    classes = " ".join(filter(None, ["icon", f"icon-{size}" if size and size != 16 else "", wears]))
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}#i-{}"/></svg>', classes, spoken, static("icons.svg"), name)


@register.simple_tag
def stylesheets(name: str = "editor") -> SafeString:
    """Link a set of style sheets: the editor's, or one that a built page needs."""
    links = ((static(path),) for path in paths_of(name))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag(takes_context=True)
def importmap(context: Context, entries: Sequence[str] = ()) -> SafeString:
    """The import map, the only inline script: all modules, or those that the entries reach."""
    text = json.dumps(modules.import_map(*entries), separators=(",", ":")).replace("<", "\\u003c")
    return format_html('<script type="importmap" nonce="{}">{}</script>', _nonce(context), mark_safe(text))


@register.simple_tag
def module(name: str) -> SafeString:
    """Start one of our modules, and preload everything it imports immediately: `{% module "editor" %}`."""
    entry, *imported = modules.loads(name)
    preload = format_html_join("\n", '<link rel="modulepreload" href="{}">', ((address,) for address in imported))
    return format_html('{}\n<script type="module" src="{}"></script>', preload, entry)


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """What this person chose for this browser: `auto`, `light` or `dark`. Sent with the page, so that nothing
    flashes."""
    chosen = context["request"].COOKIES.get("theme") if "request" in context else None
    return chosen if chosen in THEMES else "auto"


@register.filter
def since(then: datetime) -> str:
    """How long ago, less precise the longer it is: "4 minutes ago", "yesterday", "Tuesday", "14 Nov", "14 Nov 2025"."""
    now, then = timezone.localtime(), timezone.localtime(then)
    minutes, days = int((now - then).total_seconds() // 60), (now.date() - then.date()).days
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''} ago"
    if days == 0:
        return f"{minutes // 60} hour{'s' if minutes >= 120 else ''} ago"
    if days == 1:
        return "yesterday"
    if days < 7:
        return f"{then:%A}"
    return f"{then.day} {then:%b}" if then.year == now.year else f"{then.day} {then:%b %Y}"


def _nonce(context: Context) -> str:
    return str(context.get("CSP_NONCE", ""))
