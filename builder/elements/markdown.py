"""Markdown: formatted text, built from an allow-list of nodes in the browser."""

from builder.elements import Element, elements, props


@elements.register
class Markdown(Element):
    """Formatted text: headings, lists, tables, code, links. HTML in it stays text; nothing is loaded from elsewhere."""

    name = "markdown"
    label = "Markdown"
    icon = "list"
    group = "Basics"
    live = {"text": "text"}
    sheet = "formatted"
    modules = ("live/elements/markdown",)
    example = {"text": "## Watering\n\n- When the top **5 cm** are dry\n- Less in winter"}

    class Props(props.Props):
        text = props.text("Text", "Lists, bold, headings, code and links.", "**Markdown** text", lines=6)
