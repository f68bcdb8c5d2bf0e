"""A video from this server or from a host that the app allows."""

from typing import Any

from builder.addresses import LOADS, safe
from builder.elements import Element, elements, props

SHAPES: tuple[props.Choice, ...] = (("wide", "16:9"), ("classic", "4:3"), ("square", "1:1"), ("tall", "9:16"))


@elements.register
class Video(Element):
    """A video with the browser's own controls, captions, and a poster until it plays. Autoplay is muted, and off for
    people who asked for less motion. Browsers load it from this server and the app's media hosts."""

    name = "video"
    label = "Video"
    icon = "video"
    group = "Data and media"
    live = {
        "label": "attr:aria-label",
        "src": "attr:src",
        "poster": "attr:poster",
        "captions": "attr:data-captions",
    }
    look = ("shape",)
    modules = ("live/elements/video",)
    sheet = "shows"
    example = {"label": "How to repot a fig", "shape": "wide"}

    class Props(props.Props):
        label = props.text("Label", "Says what it shows. Always read aloud.", "Video")
        src = props.text("Address", "Of a film on this server or on a media host.")
        captions = props.text("Captions", "Address of a WebVTT file, for those who cannot hear it.")
        poster = props.text("Picture", "Shown until it plays.")
        language = props.short("Language of the captions", "Such as en or pt-BR.", "en")
        plays = props.switch("Plays by itself", "Silently, over and over.")
        shape = props.steps("Shape", SHAPES, "wide")
        shadow = props.shadow()

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        return {prop: safe(values[prop], LOADS) for prop in ("src", "poster", "captions")}

    def given(self, prop: str, value: Any) -> Any:
        return safe(value, LOADS) or None if prop in ("src", "poster", "captions") else value
