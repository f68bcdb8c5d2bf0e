"""What a checkbox and a toggle have in common: a yes or no with a label next to it."""

from builder.elements import Element, props


class Ticking(Element):
    """A yes or no. Its value is yes while it is on."""

    group = "Inputs"
    sheet = "inputs"
    events = ("changed",)
    gives = "yes_no"
    modules = ("live/elements/field",)
    live = {
        "label": "text",
        "initial": "value",
        "hint": "text",
        "error": "attr:data-words",
        "disabled": "flag:disabled",
    }

    class Props(props.Props):
        label = props.text("Label", "What is true when it is on.")
        initial = props.yes_no("On at first", "Before anyone has touched it.")
        required = props.switch("Required", "Nothing is sent until it is on.")
        hint = props.text("Hint", "A line below it.")
        error = props.text("When it is not on", "Shown below it. Empty: the browser's words.")
        disabled = props.yes_no("Disabled", "It cannot be changed while this is yes.")
