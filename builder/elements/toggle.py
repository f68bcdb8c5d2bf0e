"""A toggle: a switch that is on or off."""

from builder.elements import elements, props
from builder.elements.ticking import Ticking


@elements.register
class Toggle(Ticking):
    """A switch that is on or off. Assistive technology announces it as a switch, too."""

    name = "toggle"
    label = "Toggle"
    icon = "yesno"
    example = {"label": "Remind me", "initial": True}

    class Props(Ticking.Props):
        label = props.text("Label", "What is true when it is on.", "Toggle")
