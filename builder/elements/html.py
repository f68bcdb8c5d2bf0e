"""HTML: the author's own, in a sandboxed frame that cannot reach the page."""

from hashlib import sha256
from typing import Any

from django import forms

from builder.elements import Element, elements, props
from builder.expressions.catalog import Place

# In characters; anything longer is better off on a server of its own.
LONGEST = 200_000
# The page on which a named style is previewed.
SAMPLE = "pg_sample"


@elements.register
class Html(Element):
    """The author's own HTML with its styles and scripts, at its own URL. Its frame is sandboxed: it can reach neither
    the page nor anything that identifies visitors, and it loads only from the app's media hosts."""

    name = "html"
    label = "HTML"
    icon = "code"
    group = "Data and media"
    live = {"title": "attr:title"}
    look = ("height",)
    modules = ("live/elements/html",)
    sheet = "shows"
    example = {"title": "Opening hours", "html": "<table><tr><th>Monday</th><td>9 to 5</td></tr></table>"}

    class Props(props.Props):
        title = props.text("Title", "Says what it shows. Read aloud before it.", "Own content")
        html = forms.CharField(
            label="HTML",
            help_text="With styles and scripts. No dynamic data: everybody sees the same.",
            initial="",
            required=False,
            strip=False,
            max_length=LONGEST,
            widget=forms.Textarea({"rows": 10}),
        )
        height = props.steps(
            "Height", (("auto", "As its content"), ("sm", "160"), ("md", "320"), ("lg", "640")), "auto"
        )

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        return {"version": version(values["html"])}

    def placed(self, values: dict[str, Any], place: Place, editing: bool) -> dict[str, Any]:
        """A sample is on no page of the app, so its HTML has no URL: our own example is shown."""
        return {"is_sample": place.page == SAMPLE}


def version(html: str) -> str:
    """Distinguishes this HTML from earlier versions; "" if there is none."""
    return sha256(html.encode()).hexdigest()[:12] if html else ""
