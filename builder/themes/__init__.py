"""Themes to start from: the colours, light and dark, the fonts and the corners of an app's pages. One theme per file.

An app's own theme (`builder.kinds.theme`) names the one it starts from and contains the author's changes to it.
"""

from dataclasses import dataclass, field

from builder.registry import Registry

# The colours that every theme has, by token: `accent` is `--app-accent` in static/css/app.
COLOURS = {
    "paper": "Page",
    "raised": "Raised",
    "tint": "Tint",
    "face": "Face",
    "line": "Line",
    "edge": "Edge of controls",
    "ink": "Text",
    "soft": "Quiet text",
    "accent": "Accent",
    "fill": "Fill",
    "fill-over": "Fill under the pointer",
    "on-fill": "Text on fill",
    "danger": "Danger",
    "ok": "Success",
    "warn": "Warning",
}
FONTS = {"sans": "Text", "serif": "Headings", "mono": "Code"}
CORNERS = ("corner-sm", "corner", "corner-lg")

# Which colours are used on which, and the contrast they need (WCAG 2.2, 1.4.3 and 1.4.11).
TEXT, EDGE = 4.5, 3.0
PAIRS: tuple[tuple[str, str, float], ...] = (
    *(("ink", under, TEXT) for under in ("paper", "raised", "tint", "face")),
    *(("soft", under, TEXT) for under in ("paper", "raised", "tint")),
    *(("accent", under, TEXT) for under in ("paper", "raised", "tint", "face")),
    *((word, under, TEXT) for word in ("danger", "ok", "warn") for under in ("paper", "raised")),
    *(("on-fill", under, TEXT) for under in ("fill", "fill-over")),
    *(("edge", under, EDGE) for under in ("paper", "raised")),
)

SANS = (
    '-apple-system, BlinkMacSystemFont, "Segoe UI", "Inter Variable", Inter, Roboto, "Noto Sans", '
    '"Liberation Sans", Arial, sans-serif'
)
SERIF = 'ui-serif, "Iowan Old Style", Charter, Georgia, "Liberation Serif", serif'
MONO = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace'
ROUNDED = (
    'ui-rounded, "SF Pro Rounded", "Hiragino Maru Gothic ProN", Quicksand, Nunito, "Segoe UI", system-ui, sans-serif'
)
HUMANIST = 'Optima, Candara, "Gill Sans", "Noto Sans", "Liberation Sans", sans-serif'


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme. `colours` are light and dark values by token, `corners` radii from small to large."""

    name: str
    label: str
    hint: str
    colours: dict[str, tuple[str, str]]
    fonts: dict[str, str] = field(default_factory=lambda: {"sans": SANS, "serif": SERIF, "mono": MONO})
    corners: tuple[str, str, str] = ("6px", "10px", "16px")


themes: Registry[Theme] = Registry("theme", "themes")
# The theme of an app that has chosen none: the values of static/css/app/tokens.css.
BUILT_IN = "juniper"
