"""The properties of elements as form fields, in the words of the property panel."""

from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.fields import RowsField

Choice = tuple[str | int, str]

# The greatest length that can be set, in pixels.
LONGEST = 4000

GAPS: tuple[Choice, ...] = (("none", "None"), ("xs", "4"), ("sm", "8"), ("md", "16"), ("lg", "24"), ("xl", "40"))
SIZES: tuple[Choice, ...] = (("sm", "Small"), ("md", "Medium"), ("lg", "Large"))
ALIGNS: tuple[Choice, ...] = (("start", "Start"), ("center", "Centre"), ("end", "End"))
WIDTHS: tuple[Choice, ...] = (
    ("fill", "Fill"),
    ("fit", "Fit to content"),
    ("narrow", "Narrow, 480"),
    ("page", "Page, 688"),
    ("wide", "Wide, 1080"),
)


def text(label: str, hint: str = "", initial: str = "", lines: int = 1) -> forms.Field:
    """Text that may contain dynamic data."""
    widget = forms.TextInput() if lines == 1 else forms.Textarea({"rows": lines})
    field = forms.CharField(label=label, help_text=hint, initial=initial, required=False, strip=False, widget=widget)
    return Bindable(field, type="text")


def yes_no(label: str, hint: str = "", initial: bool = False) -> forms.Field:
    """A yes or no that may come from dynamic data."""
    return Bindable(forms.BooleanField(label=label, help_text=hint, initial=initial, required=False), type="yes_no")


def number(label: str, hint: str = "", initial: float | None = None) -> forms.Field:
    """A number that may come from dynamic data; None if empty."""
    return Bindable(forms.FloatField(label=label, help_text=hint, initial=initial, required=False), type="number")


def short(label: str, hint: str = "", initial: str = "", most: int = 40) -> forms.Field:
    """A few words that the author fixes once."""
    return forms.CharField(label=label, help_text=hint, initial=initial, required=False, max_length=most)


def rows(label: str, row: type[forms.Form], hint: str = "", most: int = 50) -> forms.Field:
    """A list of rows, each with the properties of the form `row`: columns, series, parameters."""
    return RowsField(row, label=label, help_text=hint, initial=[], required=False, most=most)


def data(label: str, hint: str, type: str) -> forms.Field:
    """A value that only dynamic data can provide: a thing, a result, a list."""
    field = forms.JSONField(label=label, help_text=hint, initial=None, required=False)
    return Bindable(field, type=type)


def switch(label: str, hint: str = "", initial: bool = False) -> forms.Field:
    """A yes or no that the author fixes once."""
    return forms.BooleanField(label=label, help_text=hint, initial=initial, required=False)


def steps(label: str, choices: tuple[Choice, ...], initial: str | int, hint: str = "") -> forms.Field:
    """One of a few named options."""
    kind: Any = type(initial)
    empty: Any = initial
    return forms.TypedChoiceField(
        label=label, help_text=hint, choices=choices, initial=initial, coerce=kind, empty_value=empty
    )


class Backgrounds(forms.TypedChoiceField):
    """A background of the theme. `tokens` are the colours that the choices have."""

    tokens = {"raised": "raised", "tint": "tint", "accent": "fill"}


def background(initial: str = "none") -> forms.Field:
    """What a box is filled with; belongs in `look`."""
    named = ((token, token.capitalize()) for token in Backgrounds.tokens)
    return Backgrounds(label="Background", choices=(("none", "None"), *named), initial=initial, empty_value=initial)


class Pixels(forms.IntegerField):
    """A length in CSS pixels, or none. `css` is the property it sets."""

    def __init__(self, css: str, **options: Any):
        super().__init__(min_value=0, max_value=LONGEST, required=False, **options)
        self.css = css

    def rule(self, value: Any) -> str:
        """The declaration for a value. A maximum of 0 means none, so that it can be removed for narrow pages."""
        return f"{self.css}: none" if value == 0 and self.css.startswith("max-") else f"{self.css}: {value}px"


class Token(forms.RegexField):
    """The name of a colour or font in the app's theme, such as `accent`; empty for the default. `of` is its slot in the
    theme, `css` the property it sets."""

    def __init__(self, of: str, css: str, **options: Any):
        super().__init__(r"^[a-z][a-z0-9-]*\Z", max_length=40, required=False, **options)
        self.of, self.css = of, css

    def rule(self, value: Any) -> str:
        """The declaration for a value."""
        return f"{self.css}: var(--app-{value})"


def pixels(label: str, css: str, hint: str = "") -> forms.Field:
    """A length that the author types; belongs in `look`. Empty means that the element has none of its own."""
    return Pixels(css, label=label, help_text=hint, initial=None)


def colour(label: str, css: str, hint: str = "") -> forms.Field:
    """A colour of the theme; belongs in `look`."""
    return Token("colours", css, label=label, help_text=hint, initial="")


def font(label: str, hint: str = "") -> forms.Field:
    """A font of the theme; belongs in `look`."""
    return Token("fonts", "font-family", label=label, help_text=hint, initial="")


def type_name(label: str, hint: str) -> forms.Field:
    """The name of a type such as `text` or `thing:dt_ab12cd`; empty if none is chosen."""
    return forms.CharField(label=label, help_text=hint, initial="", required=False, max_length=80)


SHADOWS: tuple[Choice, ...] = (("none", "None"), *SIZES)


def shadow(initial: str = "none") -> forms.Field:
    """How far above the page it seems to stand; one of the theme's shadows."""
    return steps("Shadow", SHADOWS, initial)


# The padding of single sides, in pixels; a side without one has that of all.
SIDES = ("padding_top", "padding_bottom", "padding_left", "padding_right")


class Sides(forms.Form):
    """What every element with a padding has. Left is where a line begins, as with X."""

    padding_top = pixels("Padding top", "--padding-top")
    padding_bottom = pixels("Padding bottom", "--padding-bottom")
    padding_left = pixels("Padding left", "--padding-left")
    padding_right = pixels("Padding right", "--padding-right")


# Where every element stands in a group of the direction “fixed”, from the group's inner top left corner; empty is 0.
PLACED = ("x", "y")
# What sizes every element, and leaves it out of a narrow page.
SIZED = ("min_width", "max_width", "min_height", "hide")


class Props(forms.Form):
    """What every element has."""

    x = pixels("X", "--x")
    y = pixels("Y", "--y")
    visible = yes_no("Visible", "When it is not, the element is hidden.", initial=True)
    keep_space = switch("Keep its space when hidden", "What stands below does not move.")
    min_width = pixels("Min width", "min-inline-size")
    max_width = pixels("Max width", "max-inline-size", "0: no limit.")
    min_height = pixels("Min height", "min-block-size")
    hide = switch("Hide at this width", "For good. For what comes and goes there is “Visible”.")
