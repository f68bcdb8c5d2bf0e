"""A multidropdown: several of many options, chosen one by one from a list that opens."""

from builder.elements import elements, props
from builder.elements.choosing import ChoosingSeveral


@elements.register
class Multidropdown(ChoosingSeveral):
    """Several of many options, found by typing part of them. Its value is the list of what is chosen; each choice has a
    button that removes it."""

    name = "multidropdown"
    label = "Multi-dropdown"
    icon = "list"
    modules = (*ChoosingSeveral.modules, "live/elements/several")
    live = ChoosingSeveral.live | {"placeholder": "attr:placeholder"}
    example = {"label": "Plants", "choices": "Fiddle-leaf fig\nMonstera\nSnake plant", "initial": "Monstera"}

    class Props(ChoosingSeveral.Props):
        placeholder = props.text("Placeholder", "Shown in the field, also while some are chosen.", "Type to search")
        shadow = props.shadow()
