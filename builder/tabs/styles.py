"""The Styles tab: the theme of all pages, its colours and fonts, and named styles of elements."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Tab, tabs


@tabs.register
class Styles(Tab):
    name = "styles"
    label = "Styles"
    icon = "sliders"
    order = 50

    def url(self, app: App, page: str | None) -> str:
        return reverse("styles", args=[app.slug])
