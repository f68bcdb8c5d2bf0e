"""Text: a paragraph, a chat bubble, a quiet note."""

from builder.elements import Element, elements, props


@elements.register
class Text(Element):
    """A paragraph. As a bubble it is placed at its alignment's side, like the messages of a chat."""

    name = "text"
    label = "Text"
    icon = "text"
    group = "Basics"
    live = {"text": "text"}
    look = ("style", "tone", "size", "weight", "align", "ink", "font")
    example = {"text": "Plant care answers, written while you watch.", "tone": "quiet"}

    class Props(props.Props):
        text = props.text("Text", "Keeps its line breaks.", "Text", lines=3)
        style = props.steps(
            "Shown as",
            (("plain", "Plain"), ("bubble", "Bubble"), ("quiet", "Quiet note"), ("face", "Round face for initials")),
            "plain",
        )
        tone = props.steps(
            "Tone", (("normal", "Normal"), ("quiet", "Quiet"), ("accent", "Accent"), ("danger", "Warning")), "normal"
        )
        size = props.steps("Size", props.SIZES, "md")
        weight = props.steps("Weight", (("regular", "Regular"), ("strong", "Strong")), "regular")
        align = props.steps("Align", props.ALIGNS, "start")
        ink = props.colour("Text colour", "color", "Instead of that of its tone.")
        font = props.font("Font")
