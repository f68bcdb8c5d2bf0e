"""An icon: a small symbol, decorative or with a meaning of its own."""

from builder.elements import Element, elements, props
from builder.elements.symbols import ICONS


@elements.register
class Icon(Element):
    """A small symbol. With a description it is read aloud; without one it is decorative."""

    name = "icon"
    label = "Icon"
    icon = "icon"
    group = "Basics"
    live = {"description": "text"}
    look = ("size", "tone")
    sheet = "shows"
    example = {"icon": "leaf", "description": "Plant", "size": "lg", "tone": "accent"}

    class Props(props.Props):
        icon = props.steps("Icon", ICONS, "icon")
        description = props.text("Description", "For those who cannot see it. Empty: decoration.")
        size = props.steps("Size", (("sm", "16"), ("md", "20"), ("lg", "32")), "md")
        tone = props.steps(
            "Tone",
            (("normal", "Normal"), ("quiet", "Quiet"), ("accent", "Accent"), ("danger", "Warning")),
            "normal",
        )
