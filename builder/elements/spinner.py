"""A spinner: something is in progress, for an unknown time."""

from builder.elements import Element, elements, props


@elements.register
class Spinner(Element):
    """Something is in progress, for an unknown time. It does not move for people who asked for less motion."""

    name = "spinner"
    label = "Spinner"
    icon = "spinner"
    group = "Feedback"
    live = {"label": "text"}
    look = ("size",)
    sheet = "shows"
    example = {"label": "Asking Juniper", "show_label": True, "size": "md"}

    class Props(props.Props):
        label = props.text("Label", "Says what is going on. Always read aloud.", "Loading")
        show_label = props.switch("Show the label")
        size = props.steps("Size", (("sm", "16"), ("md", "24"), ("lg", "40")), "md")
