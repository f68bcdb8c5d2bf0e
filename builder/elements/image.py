"""An image of the app's own."""

from builder.elements import Element, elements, props


@elements.register
class Image(Element):
    """A picture. Browsers load it from this server only, until an app allows other hosts."""

    name = "image"
    label = "Image"
    icon = "image"
    group = "Basics"
    live = {"src": "attr:src", "alt": "attr:alt"}
    look = ("size", "shape")
    example = {"src": "/static/sample/fig.webp", "alt": "A fiddle-leaf fig in a hallway", "shape": "rounded"}

    class Props(props.Props):
        src = props.text("Address", "Of a picture on this server.")
        alt = props.text("Description", "For those who cannot see it. Empty: decoration.")
        size = props.steps("Size", (("sm", "28"), ("md", "96"), ("lg", "320"), ("fill", "Fill the width")), "fill")
        shape = props.steps(
            "Shape", (("plain", "Square corners"), ("rounded", "Rounded"), ("round", "Round")), "rounded"
        )
