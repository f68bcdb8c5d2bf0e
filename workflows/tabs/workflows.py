"""The Workflows tab: what happens when."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Tab, tabs


@tabs.register
class Workflows(Tab):
    name = "workflows"
    label = "Workflows"
    icon = "bolt"
    order = 20

    def url(self, app: App, page: str | None) -> str:
        return reverse("workflows", args=[app.slug])
