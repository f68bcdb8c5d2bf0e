"""Live text: text that is still arriving, shown at a comfortable pace."""

from typing import Any

from builder.elements import Element, elements, props

NEWER = "New text below"


@elements.register
class LiveText(Element):
    """Text that is still arriving. New words fade in at a steady pace, and nothing above them moves. Screen readers
    announce whole sentences."""

    name = "live_text"
    label = "Live text"
    icon = "live"
    group = "Basics"
    live = {
        "text": "text",
        "waiting": "attr:data-waiting",
        "failed": "attr:data-failed",
        "newer": "attr:data-newer",
    }
    look = steady = ("pace", "aloud", "caret", "follow", "formatted")
    modules = ("live/elements/live_text",)
    example = {"text": "Leaf drop after a move is almost always a light problem.", "waiting": "Juniper is thinking…"}

    def sheet_of(self, properties: dict[str, Any]) -> str:
        return "formatted" if properties.get("formatted") else ""

    class Props(props.Props):
        text = props.text("Text", "Changes while the stream runs.", lines=3)
        waiting = props.text("While waiting for the first text", "Stands in the same place.")
        pace = props.steps("New text", (("words", "Word by word"), ("once", "At once")), "words")
        aloud = props.steps("Read aloud", (("sentences", "Each sentence"), ("end", "At the end")), "sentences")
        caret = props.switch("Show the caret", "Marks where the next word comes.", initial=True)
        follow = props.switch("Keep the newest line in view", "Only while the reader is at the end.", initial=True)
        newer = props.text("When new text is out of view", "On the button that leads to it. Empty: no button.", NEWER)
        formatted = props.switch("Format as Markdown", "Lists, bold, headings, code and links.")
        failed = props.text("When the stream fails", "Shown under the text. Empty: the reason.")
