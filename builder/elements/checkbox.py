"""A checkbox: yes or no."""

from builder.elements import Element, elements, props


@elements.register
class Checkbox(Element):
    """Yes or no. Its value is yes while it is ticked."""

    name = "checkbox"
    label = "Checkbox"
    icon = "checkbox"
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
    example = {"label": "I have watered it", "initial": True, "hint": "Today or yesterday"}

    class Props(props.Props):
        label = props.text("Label", "Says what is so when it is on.", "Checkbox")
        initial = props.yes_no("Ticked at first", "Before anyone has touched it.")
        required = props.switch("Required", "Nothing is sent before it is ticked.")
        hint = props.text("Hint", "A line below it.")
        error = props.text("When it is not on", "Said below it. Empty: the browser's words.")
        disabled = props.yes_no("Disabled", "It cannot be changed while this is yes.")
