"""The Data tab: data types, their fields, and the things there are."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Tab, tabs


@tabs.register
class DataTab(Tab):
    name = "data"
    label = "Data"
    icon = "database"
    order = 30

    def url(self, app: App, page: str | None) -> str:
        return reverse("data", args=[app.slug])
