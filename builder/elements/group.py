"""A group: a box that lays out what is in it, and may show one thing's data."""

from builder.elements import Element, elements, props


@elements.register
class Group(Element):
    """A row or a column of elements. With a type of content, elements inside can show the data displayed in it."""

    name = "group"
    label = "Group"
    icon = "group"
    group = "Containers"
    slots = ("children",)
    look = (
        *("direction", "gap", "align", "justify", "wrap", "padding", "width", "grow"),
        *("background", "border", "rounded", "stick"),
    )
    example = {"direction": "row", "gap": "md", "align": "end", "padding": "sm", "border": "line", "rounded": "lg"}

    class Props(props.Props):
        direction = props.steps("Direction", (("column", "Column"), ("row", "Row")), "column")
        gap = props.steps("Gap", props.GAPS, "md")
        align = props.steps("Align", (*props.ALIGNS, ("stretch", "Stretch")), "stretch", "Across its direction.")
        justify = props.steps("Spread", (*props.ALIGNS, ("between", "Space between")), "start", "Along its direction.")
        wrap = props.switch("Wrap", "What does not fit goes to the next line.")
        padding = props.steps("Padding", props.GAPS, "none")
        width = props.steps("Width", props.WIDTHS, "fill")
        grow = props.switch("Fill the space left over", "Takes what its neighbours leave.")
        background = props.steps(
            "Background", (("none", "None"), ("raised", "Raised"), ("tint", "Tint"), ("accent", "Accent")), "none"
        )
        border = props.steps("Border", (("none", "None"), ("line", "Line around"), ("below", "Line below")), "none")
        rounded = props.steps("Corners", (("none", "Square"), ("sm", "6"), ("md", "10"), ("lg", "16")), "none")
        stick = props.steps(
            "Stays in view",
            (("no", "No"), ("top", "At the top"), ("bottom", "At the bottom")),
            "no",
            "While the page scrolls.",
        )
        content_type = props.type_name("Type of content", "Of the data displayed in it.")
        source = props.data("Data", "The thing or result displayed in it.", type="any")
