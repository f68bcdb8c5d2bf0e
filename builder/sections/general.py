"""General: the app's name and its address."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse

from builder.forms import AddressForm, Form
from builder.models import App, User
from builder.sections import Done, Section, sections


class GeneralForm(Form):
    """What the app is called."""

    name = forms.CharField(
        max_length=80,
        label="Name",
        help_text="Shown in the list of apps and in the editor. Visitors see the titles of pages.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )


@sections.register
class General(Section):
    name = "general"
    label = "General"
    icon = "apps"
    order = 10
    hint = "What the app is called, and where it is found."
    Options = GeneralForm
    does = owns = ("move",)
    template = "settings/general.html"

    def held(self, app: App) -> dict[str, Any]:
        return {"name": app.name}

    def store(self, app: App, name: str, value: Any) -> None:
        app.name = value
        app.save(update_fields=["name"])

    def context(self, app: App, person: User, form: Form | None) -> dict[str, Any]:
        return {"address": AddressForm({"slug": app.slug}, app=app), "published": f"{settings.APPS_ORIGIN}/{app.slug}/"}

    def move(self, request: HttpRequest, app: App) -> Done:
        """Change the address, effective immediately."""
        form, before = AddressForm(request.POST, app=app), app.slug
        if not form.is_valid():
            return Done(focus="id_slug", shown={"address": form})
        app.slug = form.cleaned_data["slug"]
        if app.slug == before:
            return Done()
        try:
            with transaction.atomic():
                app.save(update_fields=["slug"])
        except IntegrityError:  # Somebody took it in the meantime.
            app.slug = before
            return Done(focus="id_slug", shown={"address": AddressForm(request.POST, app=app)})
        return Done(said=f"The address is {app.slug} now.", goes=reverse("settings", args=[app.slug, self.name]))
