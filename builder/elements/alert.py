"""An alert: something a visitor should know."""

from typing import Any

from builder.elements import Element, elements, props

SIGNS = {"info": "info", "ok": "ok", "warn": "alert", "danger": "error"}


@elements.register
class Alert(Element):
    """Something a visitor should know, with an icon for its kind. It is read aloud when it appears or changes: a
    warning or an error immediately, the others at the next pause."""

    name = "alert"
    label = "Alert"
    icon = "alert"
    group = "Feedback"
    live = {"title": "text", "text": "text"}
    look = ("kind",)
    sheet = "shows"
    example = {"kind": "warn", "title": "The light is low", "text": "Move the fig closer to a window."}

    class Props(props.Props):
        kind = props.steps("Kind", (("info", "Info"), ("ok", "Good"), ("warn", "Warning"), ("danger", "Error")), "info")
        shadow = props.shadow()
        title = props.text("Title", "One line, in a few words.")
        text = props.text("Text", "What happened, and what to do.", "Something to know.", lines=2)

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        kind = values["kind"]
        return {"icon": SIGNS.get(kind, "info"), "role": "alert" if kind in ("warn", "danger") else "status"}
