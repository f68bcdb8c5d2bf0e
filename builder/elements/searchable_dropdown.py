"""A searchable dropdown: one of many options, found by typing part of it."""

from builder.elements import elements, props
from builder.elements.choosing import Choosing


@elements.register
class SearchableDropdown(Choosing):
    """One of many options, found by typing part of it. Typing only searches: the value is always one from the list."""

    name = "searchable_dropdown"
    label = "Searchable dropdown"
    icon = "search"
    modules = (*Choosing.modules, "live/elements/combobox")
    live = Choosing.live | {"placeholder": "attr:placeholder"}
    example = {"label": "Plant", "choices": "Fiddle-leaf fig\nMonstera\nSnake plant", "placeholder": "Find a plant"}

    class Props(Choosing.Props):
        placeholder = props.text("Placeholder", "Shown while it is empty.", "Type to search")
        shadow = props.shadow()
