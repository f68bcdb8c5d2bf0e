"""The page itself: the root of all its elements."""

from django import forms

from builder.elements import Element, elements, props

# Who may see a published page: everybody, or only the app's owner, editors and viewers.
EVERYBODY, PEOPLE = "everybody", "people"


@elements.register
class Page(Element):
    """The page itself: its title, its width, and how its elements are laid out."""

    name = "page"
    label = "Page"
    icon = "page"
    slots = ("children", "states", "parameters")
    look = ("theme", "width", "gap", "padding", "align", "ground")
    steady = ("theme",)
    example = {"title": "Ask Juniper", "width": "fill"}

    class Props(props.Sides):
        title = forms.CharField(
            label="Title", help_text="In the browser's tab.", initial="", required=False, strip=False, max_length=120
        )
        path = forms.SlugField(
            label="Address",
            help_text="The last part of its address. Empty: its name.",
            initial="",
            required=False,
            error_messages={"invalid": "Only letters without accents, digits and hyphens."},
        )
        description = forms.CharField(
            label="Description",
            help_text="In search results and where a link to it is shown.",
            initial="",
            required=False,
            max_length=300,
            widget=forms.Textarea({"rows": 2}),
        )
        first = props.switch("First page", "Found at the address of the app itself.")
        by_address = props.switch("Opened from outside", "No page has to lead to it: a link in an e-mail does, say.")
        who = props.steps(
            "Who may see it",
            ((EVERYBODY, "Everybody"), (PEOPLE, "People of this app")),
            EVERYBODY,
            "Once it is published.",
        )
        theme = props.steps("Theme", (("auto", "As the device"), ("light", "Light"), ("dark", "Dark")), "auto")
        width = props.steps("Width", props.WIDTHS, "page")
        gap = props.steps("Gap", props.GAPS, "md")
        padding = props.steps("Padding", props.GAPS, "lg")
        ground = props.colour("Background colour", "background", "Instead of that of the theme.")
        align = props.steps("Align", (*props.ALIGNS, ("stretch", "Stretch")), "stretch")
