"""Colours as authors write them, `#2f6f4f` or `oklch(0.44 0.068 158)`, and the contrast between two (WCAG 2.2)."""

import math
import re
from functools import lru_cache

# A colour in linear light: red, green and blue, each 0 to 1.
Light = tuple[float, float, float]

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE | re.ASCII)
_NUMBER = r"(\d{1,3}(?:\.\d{1,5})?|\.\d{1,5})"
_OKLCH = re.compile(rf"oklch\({_NUMBER}(%?) {_NUMBER} {_NUMBER}\)", re.ASCII)


def light(colour: str) -> Light | None:
    """Parse a colour into linear light, clipped to what a screen can show; None if it is not a colour."""
    if _HEX.fullmatch(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
        red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
        return red, green, blue
    if found := _OKLCH.fullmatch(colour):
        lightness, chroma, hue = float(found[1]), float(found[3]), math.radians(float(found[4]))
        return _of_oklab(lightness / (100 if found[2] else 1), chroma * math.cos(hue), chroma * math.sin(hue))
    return None


@lru_cache(maxsize=1024)
def contrast(one: str, other: str) -> float:
    """The WCAG 2.2 contrast ratio: from 1, the same, to 21, black on white. Raises ValueError if one is not a
    colour."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=4096)
def difference(one: str, other: str) -> float:
    """How different two colours look: 0, the same, to 3, black and white. Raises ValueError if one is not a colour."""
    shown = [tuple(map(_encoded, _light_of(each))) for each in (one, other)]
    return sum((mine - its) ** 2 for mine, its in zip(*shown, strict=True))


def as_hex(colour: str) -> str:
    """A colour as `#2f6f4f`, as required by a colour picker. Raises ValueError if it is not a colour."""
    return "#" + "".join(f"{round(_encoded(each) * 255):02x}" for each in _light_of(colour))


def _luminance(colour: str) -> float:
    red, green, blue = _light_of(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _light_of(colour: str) -> Light:
    found = light(colour)
    if found is None:
        raise ValueError(colour)
    return found


def _of_oklab(lightness: float, a: float, b: float) -> Light:
    """Convert Björn Ottosson's OKLab to linear sRGB (CSS Color 4, section 10)."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _cut(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _cut(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _cut(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _cut(value: float) -> float:
    return min(1.0, max(0.0, value))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _encoded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)
