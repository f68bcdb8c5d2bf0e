"""A multiline input: text of several lines typed by a visitor."""

from builder.elements import Element, elements, props

LINES: tuple[props.Choice, ...] = ((1, "1"), (2, "2"), (3, "3"), (5, "5"), (10, "10"))


@elements.register
class Multiline(Element):
    """Text of several lines typed by a visitor. It grows with the text up to half the screen."""

    name = "multiline"
    label = "Multiline"
    icon = "multiline"
    group = "Inputs"
    events = ("changed", "submitted")
    gives = "text"
    live = {
        "label": "text",
        "placeholder": "attr:placeholder",
        "initial": "value",
        "disabled": "flag:disabled",
    }
    look = ("frame",)
    example = {"label": "Message", "show_label": False, "placeholder": "Ask about a plant", "enter_sends": True}

    class Props(props.Props):
        label = props.text("Label", "Says what to type. Always read aloud.", "Multiline input")
        show_label = props.switch("Show the label", initial=True)
        placeholder = props.text("Placeholder", "Shown while it is empty.")
        initial = props.text("Initial value", "What stands in it before anyone types.", lines=3)
        lines = props.steps("Lines", LINES, 3, "Its height while it is empty.")
        frame = props.switch("Frame", "Off where a group around it has one.", initial=True)
        shadow = props.shadow()
        enter_sends = props.switch(
            "Enter sends", "Presses the first button in its group. Shift Enter makes a new line."
        )
        disabled = props.yes_no("Disabled", "Nothing can be typed while this is yes.")
        clear_on_reset = props.switch("Clear on Reset", "Off: Reset brings the initial value back.", initial=True)
