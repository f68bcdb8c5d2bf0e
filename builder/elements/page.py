"""The page itself: the root that all elements of a page stand in."""

from django import forms

from builder.elements import Element, elements, props


@elements.register
class Page(Element):
    """The page itself: its title, its width, and how its elements stand."""

    name = "page"
    label = "Page"
    icon = "page"
    slots = ("children", "states")
    look = ("theme", "width", "gap", "padding", "align")
    steady = ("theme",)
    example = {"title": "Ask Juniper", "width": "fill"}

    class Props(forms.Form):
        title = forms.CharField(
            label="Title", help_text="In the browser's tab.", initial="", required=False, strip=False, max_length=120
        )
        path = forms.SlugField(
            label="Address", help_text="The last part of its address. Empty: its name.", initial="", required=False
        )
        theme = props.steps(
            "Theme", (("auto", "As the visitor's device"), ("light", "Light"), ("dark", "Dark")), "auto"
        )
        width = props.steps("Width", props.WIDTHS, "page")
        gap = props.steps("Gap", props.GAPS, "md")
        padding = props.steps("Padding", props.GAPS, "lg")
        align = props.steps("Align", (*props.ALIGNS, ("stretch", "Stretch")), "stretch")
