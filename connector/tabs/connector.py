"""The API connector tab: APIs, their calls, and the responses to them."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Tab, tabs


@tabs.register
class Connector(Tab):
    name = "connector"
    label = "API connector"
    icon = "plug"
    order = 40

    def url(self, app: App, page: str | None) -> str:
        return reverse("connector", args=[app.slug])
