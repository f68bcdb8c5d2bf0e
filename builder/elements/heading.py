"""A heading: the title of a page or of a part of it."""

from builder.elements import Element, elements, props


@elements.register
class Heading(Element):
    """The title of a page or of a part of it. Assistive technology lists headings by their level."""

    name = "heading"
    label = "Heading"
    icon = "heading"
    group = "Basics"
    live = {"text": "text"}
    look = ("size", "align", "ink", "font")
    example = {"text": "Ask Juniper", "level": 1, "size": "lg", "align": "start"}

    class Props(props.Props):
        text = props.text("Text", initial="Heading")
        level = props.steps("Level", ((1, "1, title of the page"), (2, "2, section"), (3, "3, part")), 2)
        size = props.steps("Size", (("sm", "Small"), ("md", "Medium"), ("lg", "Large")), "md")
        align = props.steps("Align", props.ALIGNS, "start")
        ink = props.colour("Text colour", "color")
        font = props.font("Font")
