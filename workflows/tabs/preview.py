"""Preview: the page itself, reached by the button on the right of the top bar."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Tab, tabs


@tabs.register
class Preview(Tab):
    name = "preview"
    label = "Preview"
    icon = "play"
    in_bar = False

    def url(self, app: App, page: str | None) -> str:
        return reverse("preview", args=[app.slug, page] if page else [app.slug])
