"""An uploader: a file or a picture provided by a visitor."""

import re
from typing import Any

from builder.elements import Element, elements, props
from builder.expressions.catalog import Place

# The most megabytes in a file, whatever an author says.
MOST = 10
# What a browser offers for selection; uploads are judged by their bytes.
PICTURES = "image/png,image/jpeg,image/gif,image/webp,image/avif"
_ADDRESS = re.compile(r"(/files/fl_[a-z0-9]+/|https?://)[^\s<>\"]{0,400}")


@elements.register
class Uploader(Element):
    """A file or a picture provided by a visitor. It is stored with the app's files, separately in development and live;
    its value is its URL."""

    name = "uploader"
    label = "File uploader"
    icon = "upload"
    group = "Inputs"
    sheet = "inputs"
    events = ("changed",)
    gives = "text"
    modules = ("live/elements/field", "live/elements/uploader")
    live = {
        "label": "text",
        "initial": "value",
        "hint": "text",
        "error": "attr:data-words",
        "disabled": "flag:disabled",
    }
    example = {"label": "A picture of your plant", "content": "picture", "most": 5, "hint": "At most 5 MB"}

    class Props(props.Props):
        label = props.text("Label", "Says what to choose. Always read aloud.", "File")
        show_label = props.switch("Show the label", initial=True)
        content = props.steps("Takes", (("file", "Any file"), ("picture", "Pictures")), "file")
        most = props.steps("Largest, in MB", ((1, "1"), (2, "2"), (5, "5"), (MOST, str(MOST))), MOST)
        shadow = props.shadow()
        initial = props.text("Initial file", "The address of what is there at first.")
        required = props.switch("Required", "Nothing is sent until there is a file.")
        hint = props.text("Hint", "A line below it.")
        error = props.text("When there is none", "Shown below it. Empty: the browser's words.")
        disabled = props.yes_no("Disabled", "Nothing can be chosen while this is yes.")

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        return {"accept": PICTURES if values["content"] == "picture" else ""}

    def type_here(self, key: str, place: Place) -> str | None:
        node = place.catalog.node(key)
        return "image" if node and node["props"].get("content") == "picture" else "text"

    def read(self, said: Any, properties: dict[str, Any]) -> Any:
        return said if isinstance(said, str) and _ADDRESS.fullmatch(said) else None

    def told(self, value: Any, properties: dict[str, Any]) -> Any:
        """A page only links to URLs of files, whoever stored the value."""
        return self.read(value, properties)
