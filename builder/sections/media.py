"""Media hosts: the other hosts from which the app's pages may load images and sounds."""

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from builder.chosen import choosing, chosen
from builder.forms import Form
from builder.models import App, User
from builder.sections import Done, Section, sections

MOST = 20
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")


class HostForm(Form):
    """One host for the pages' Content Security Policy: a name and nothing else."""

    host = forms.CharField(
        max_length=253,
        label="Host",
        widget=forms.TextInput({"placeholder": "images.example.org", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_host(self) -> str:
        """Reduce a URL to its host. Internationalised names are stored in their ASCII form."""
        host = re.sub(r"^https://|/.*$", "", self.cleaned_data["host"].strip().lower()).removesuffix(".")
        wildcard, bare = ("*.", host[2:]) if host.startswith("*.") else ("", host)
        try:
            bare = bare.encode("idna").decode("ascii")
        except UnicodeError:
            bare = ""
        if wildcard and "." not in bare:
            raise forms.ValidationError("Name a domain behind the star, like *.example.org.")
        if not _NAME.fullmatch(bare):
            raise forms.ValidationError("This is not a host's name. Write it like images.example.org.")
        return wildcard + bare


@sections.register
class Media(Section):
    name = "media"
    label = "Media hosts"
    icon = "image"
    order = 40
    hint = "Pages load images and sounds from this server, and by HTTPS from the hosts you name here."
    does = ("add", "remove")
    template = "settings/media.html"

    def context(self, app: App, person: User, form: Form | None) -> dict[str, Any]:
        return {"hosts": media_hosts(app), "host": HostForm()}

    def add(self, request: HttpRequest, app: App) -> Done:
        form = HostForm(request.POST)
        with choosing(self.name, app) as kept:
            hosts = kept.get("hosts", [])
            if form.is_valid() and len(hosts) >= MOST:
                form.add_error("host", f"There are {MOST} hosts. Remove one first.")
            if form.is_valid():
                kept["hosts"] = sorted({*hosts, form.cleaned_data["host"]})
        if not form.is_valid():
            return Done(focus="id_host", shown={"host": form})
        host = form.cleaned_data["host"]
        return Done(said=f"Pages may show what is on {host}.", focus="id_host", empties=True)

    def remove(self, request: HttpRequest, app: App) -> Done:
        host = request.POST.get("host", "")
        with choosing(self.name, app) as kept:
            kept["hosts"] = [each for each in kept.get("hosts", []) if each != host]
        return Done(said=f"Pages show nothing of {host[:253]} any more.", focus="id_host")


def media_hosts(app: App) -> list[str]:
    """The hosts from which an app's pages may load images; `*.` stands for all subdomains of a domain."""
    return list(chosen(Media.name, app).get("hosts", []))


def with_media(page: HttpResponse, app: App) -> HttpResponse:
    """Let a page load images and sounds from the hosts in its app's Settings, and from nowhere else."""
    hosts = [f"https://{host}" for host in media_hosts(app)]
    page._csp_update = {"img-src": hosts, "media-src": ["'self'", *hosts]}  # type: ignore[attr-defined]
    return page
