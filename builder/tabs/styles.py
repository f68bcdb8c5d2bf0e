"""The Styles tab: not built yet, says what it will do."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Tab, tabs


@tabs.register
class Styles(Tab):
    name = "styles"
    label = "Styles"
    icon = "sliders"
    order = 50
    promise = "Will hold the colours, type and spacing of all pages in one place, light and dark."

    def url(self, app: App, page: str | None) -> str:
        return reverse("styles", args=[app.slug])
