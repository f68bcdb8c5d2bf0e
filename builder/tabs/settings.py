"""The Settings tab: choices for the app, and for the whole server by its owner."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Tab, tabs


@tabs.register
class Settings(Tab):
    name = "settings"
    label = "Settings"
    icon = "key"
    order = 60

    def url(self, app: App, page: str | None) -> str:
        return reverse("settings", args=[app.slug])
