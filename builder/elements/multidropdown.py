"""A multidropdown: some of many, chosen one after the other from a list that opens."""

from builder.elements import elements, props
from builder.elements.choosing import ChoosingSeveral


@elements.register
class Multidropdown(ChoosingSeveral):
    """Some of many, found by typing a part of them. Its value is the list of what is chosen; each has a mark to take it
    away again."""

    name = "multidropdown"
    label = "Multi-dropdown"
    icon = "list"
    modules = (*ChoosingSeveral.modules, "live/elements/several")
    live = ChoosingSeveral.live | {"placeholder": "attr:placeholder"}
    example = {"label": "Plants", "choices": "Fiddle-leaf fig\nMonstera\nSnake plant", "initial": "Monstera"}

    class Props(ChoosingSeveral.Props):
        placeholder = props.text("Placeholder", "Shown in the field, also while some are chosen.", "Type to search")
