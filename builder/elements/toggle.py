"""A toggle: a switch that is on or off."""

from builder.elements import Element, elements, props


@elements.register
class Toggle(Element):
    """A switch that is on or off. Assistive technology calls it a switch, too."""

    name = "toggle"
    label = "Toggle"
    icon = "yesno"
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
    example = {"label": "Remind me", "initial": True}

    class Props(props.Props):
        label = props.text("Label", "Says what is so when it is on.", "Toggle")
        initial = props.yes_no("On at first", "Before anyone has touched it.")
        required = props.switch("Required", "Nothing is sent before it is on.")
        hint = props.text("Hint", "A line below it.")
        error = props.text("When it is not on", "Said below it. Empty: the browser's words.")
        disabled = props.yes_no("Disabled", "It cannot be changed while this is yes.")
