"""The Settings tab: what is chosen for the app, and by who runs the server for all of them."""

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
