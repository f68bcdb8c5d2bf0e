"""An image of the app's own."""

from collections.abc import Iterator
from typing import Any

from builder.elements import Element, Moving, elements, props
from builder.expressions.catalog import Place


@elements.register
class Image(Element):
    """A picture. Browsers load it from this server only, unless the app allows other hosts. In place of one that cannot
    be loaded its description is shown."""

    name = "image"
    label = "Image"
    icon = "image"
    group = "Basics"
    live = {"src": "attr:src", "alt": "attr:alt"}
    look = ("size", "shape")
    modules = ("live/elements/image",)
    example = {"src": "/static/sample/fig.svg", "alt": "A fiddle-leaf fig in a hallway", "shape": "rounded"}

    class Props(props.Props):
        src = props.text("Address", "Of a picture on this server.")
        alt = props.text("Description", "For those who cannot see it.")
        decoration = props.switch("Decoration", "It says nothing, so nothing is read aloud.")
        size = props.steps("Size", (("sm", "28"), ("md", "96"), ("lg", "320"), ("fill", "Fill the width")), "fill")
        shape = props.steps(
            "Shape", (("plain", "Square corners"), ("rounded", "Rounded"), ("round", "Round")), "rounded"
        )
        shadow = props.shadow()

    def moving(self, stored: dict[str, Any], place: Place) -> Iterator[Moving]:
        is_decoration = bool(stored.get("decoration"))
        yield from (each for each in super().moving(stored, place) if each.prop != "alt" or not is_decoration)
