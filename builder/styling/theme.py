"""An app's current theme: its starting theme with the author's changes, light and dark. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.document import Body, children
from builder.expressions.catalog import Catalog
from builder.styling.colours import contrast
from builder.styling.looks import theme_of
from builder.themes import BUILT_IN, COLOURS, CORNERS, FONTS, PAIRS, Theme, themes


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of a theme. `node` is the node that stores it, "" if it is the starter's; `is_own`: the author added it,
    so it can be renamed and removed."""

    token: str
    name: str
    light: str
    dark: str
    node: str = ""

    @property
    def is_own(self) -> bool:
        return self.token not in COLOURS


@dataclass(frozen=True, slots=True)
class Font:
    """A font of a theme: a list of families, of which the first one available on the device is used."""

    token: str
    name: str
    stack: str
    node: str = ""

    @property
    def is_own(self) -> bool:
        return self.token not in FONTS


def starter_of(theme: Body | None) -> Theme:
    """The theme that an app's theme is based on."""
    name = theme["nodes"][theme["root"]]["props"].get("starter", BUILT_IN) if theme else BUILT_IN
    return themes.get(name) or themes[BUILT_IN]


def colours(theme: Body | None) -> list[Colour]:
    """All colours: first those that every theme has, in their order, then the added ones."""
    starter = starter_of(theme)
    found = {token: Colour(token, name, *starter.colours[token]) for token, name in COLOURS.items()}
    for key, token, holder in _written(theme, "colours"):
        name = COLOURS.get(token, holder["name"])
        found[token] = Colour(token, name, holder["props"]["light"], holder["props"]["dark"], key)
    return list(found.values())


def fonts(theme: Body | None) -> list[Font]:
    """All fonts: first those that every theme has, in their order, then the added ones."""
    starter = starter_of(theme)
    found = {token: Font(token, name, starter.fonts[token]) for token, name in FONTS.items()}
    for key, token, holder in _written(theme, "fonts"):
        found[token] = Font(token, FONTS.get(token, holder["name"]), holder["props"]["stack"], key)
    return list(found.values())


def _written(theme: Body | None, slot: str) -> Iterator[tuple[str, str, Body]]:
    for key in children(theme, theme["root"], slot) if theme else ():
        holder = theme["nodes"][key]  # type: ignore[index]
        yield key, holder["props"]["token"], holder


def tokens_of(catalog: Catalog | None) -> dict[str, set[str]]:
    """The names that properties can refer to, by slot."""
    theme = theme_of(catalog)
    return {
        "colours": {each.token for each in colours(theme)},
        "fonts": {each.token for each in fonts(theme)},
    }


def is_token(slot: str, name: str, catalog: Catalog | None) -> bool:
    """Whether a property can refer to this colour or font: one that every theme has, or one of the app's own."""
    usual = COLOURS if slot == "colours" else FONTS
    return name in usual or any(name == token for _, token, _ in _written(theme_of(catalog), slot))


def too_close(theme: Body | None) -> Iterator[tuple[str, str, str, float, float]]:
    """Pairs of colours with too little contrast to be readable: upper token, lower token, "light" or "dark", the
    contrast, and the required one."""
    values = {each.token: each for each in colours(theme)}
    for upper, lower, least in PAIRS:
        for side in ("light", "dark"):
            apart = contrast(getattr(values[upper], side), getattr(values[lower], side))
            if apart < least:
                yield upper, lower, side, apart, least


def variables(theme: Body | None) -> str:
    """The declarations that differ from static/css/app/tokens.css; "" for an app without a theme of its own."""
    plain, starter = themes[BUILT_IN], starter_of(theme)
    said = {
        f"--app-{each.token}": f"light-dark({each.light}, {each.dark})" if each.light != each.dark else each.light
        for each in colours(theme)
        if (each.light, each.dark) != plain.colours.get(each.token)
    }
    said |= {f"--app-{each.token}": each.stack for each in fonts(theme) if each.stack != plain.fonts.get(each.token)}
    if starter.corners != plain.corners:
        said |= {f"--app-{name}": value for name, value in zip(CORNERS, starter.corners, strict=True)}
    return "; ".join(f"{name}: {value}" for name, value in said.items())
