"""Publish: the dialog behind the button on the right of the top bar, and what the list of apps says about it."""

from django.urls import reverse

from builder.models import App
from builder.tabs import Said, Tab, tabs
from workflows.models import Publication
from workflows.releases import address


@tabs.register
class Publish(Tab):
    name = "publish"
    label = "Publish"
    icon = "globe"
    in_bar = False

    def url(self, app: App, page: str | None) -> str:
        return reverse("publish", args=[app.slug])

    def said(self, apps: list[App]) -> dict[str, Said]:
        published = set(Publication.objects.filter(app__in=apps).values_list("app_id", flat=True))
        return {app.pk: Said("Published", address(app)) for app in apps if app.pk in published}
