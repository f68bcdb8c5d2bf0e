"""The Design tab: the page, its elements and their properties."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Tab, tabs


@tabs.register
class Design(Tab):
    name = "design"
    label = "Design"
    icon = "desktop"
    order = 10

    def url(self, app: App, page: str | None) -> str:
        return reverse("design", args=[app.slug, page] if page else [app.slug])
