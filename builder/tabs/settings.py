"""The Settings tab: not built yet, says what it will do."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Tab, tabs


@tabs.register
class Settings(Tab):
    name = "settings"
    label = "Settings"
    icon = "key"
    order = 60
    promise = "Will hold the app's name and address, its languages, its domain and who may edit it."

    def url(self, app: App, page: str | None) -> str:
        return reverse("settings", args=[app.slug])
