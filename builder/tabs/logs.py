"""The Logs tab: not built yet, describes what it will do."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Tab, tabs


@tabs.register
class Logs(Tab):
    name = "logs"
    label = "Logs"
    icon = "list"
    order = 70
    promise = "Will show every run with its steps, its streams drawn in time, and what failed and why."

    def url(self, app: App, page: str | None) -> str:
        return reverse("logs", args=[app.slug])
