"""People of this app: who builds it with its owner, who may only view it, and who has been invited."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from builder.access import person
from builder.errors import NotFound
from builder.forms import Form
from builder.models import App, Collaborator, User
from builder.people import invitations
from builder.people.rights import may
from builder.sections import Done, Section, sections

ROLES = {
    Collaborator.EDITOR: ("Editor", "builds, previews and publishes"),
    Collaborator.VIEWER: ("Viewer", "sees and previews, changes nothing"),
}


class InviteToAppForm(Form):
    """Whom to invite, and in which role."""

    email = forms.EmailField(max_length=254, label="E-mail address", widget=forms.EmailInput({"autocomplete": "off"}))
    role = forms.ChoiceField(label="Role", choices=[(role, words[0]) for role, words in ROLES.items()])

    def __init__(self, *args: Any, app: App, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.app = app

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if email == self.app.owner.email:
            raise forms.ValidationError("This is who owns the app.")
        if self.app.collaborators.filter(person__email=email).exists():
            raise forms.ValidationError("They are in this app already. Choose their role below.")
        return email


@sections.register
class Collaborators(Section):
    name = "collaborators"
    label = "People of this app"
    icon = "users"
    order = 15
    hint = "Who builds this app with you. Nobody sees a key or a password that was saved."
    does = ("invite", "take_back", "make_editor", "make_viewer", "remove", "leave")
    owns = ("invite", "take_back", "make_editor", "make_viewer", "remove")
    template = "settings/collaborators.html"

    def right(self, what: str) -> str:
        return "see" if what == "leave" else super().right(what)

    def context(self, app: App, person: User, form: Form | None) -> dict[str, Any]:
        return {
            "owner": app.owner,
            "me": person,
            "is_mine": may("own", app, person),
            "collaborators": app.collaborators.select_related("person"),
            "invitations": app.invitations.all(),
            "invitation": InviteToAppForm(app=app),
            "roles": ROLES,
        }

    def invite(self, request: HttpRequest, app: App) -> Done:
        """Create a link that lets one account in. Inviting the same address again replaces the link."""
        form = InviteToAppForm(request.POST, app=app)
        if not form.is_valid():
            return Done(focus="id_email", shown={"invitation": form})
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        invited = {
            "email": email,
            "role": ROLES[role][0].lower(),
            "link": f"{settings.ORIGINS[0]}{reverse('join', args=[invitations.invite(app, email, role)])}",
            "days": invitations.LIFETIME.days,
            # Only the server's owner may learn who has an account on it.
            "unknown": person(request).is_server_owner and not User.objects.filter(email=email).exists(),
        }
        return Done(focus="invited-link", shown={"invited": invited})

    def take_back(self, request: HttpRequest, app: App) -> Done:
        """Revoke an invitation: its link stops working."""
        found = app.invitations.filter(pk=_number(request, "invitation")).first()
        if found is None:
            raise NotFound
        found.delete()
        return Done(said=f"The invitation of {found.email} is taken back.", focus="section-collaborators")

    def make_editor(self, request: HttpRequest, app: App) -> Done:
        return self._role(request, app, Collaborator.EDITOR)

    def make_viewer(self, request: HttpRequest, app: App) -> Done:
        return self._role(request, app, Collaborator.VIEWER)

    def _role(self, request: HttpRequest, app: App, role: str) -> Done:
        found = _collaborator(request, app)
        found.role = role
        found.save(update_fields=["role"])
        label, may_do = ROLES[role]
        return Done(
            said=f"{found.person} is {'an' if role == Collaborator.EDITOR else 'a'} {label.lower()} now: {may_do}."
        )

    def remove(self, request: HttpRequest, app: App) -> Done:
        """Remove a person immediately, also from what they have open (P10). What they did is kept."""
        found = _collaborator(request, app)
        found.delete()
        return Done(said=f"{found.person} is no longer in this app.", focus="section-collaborators")

    def leave(self, request: HttpRequest, app: App) -> Done:
        """Leave somebody else's app."""
        app.collaborators.filter(person=person(request)).delete()
        return Done(goes=reverse("apps"))


def _collaborator(request: HttpRequest, app: App) -> Collaborator:
    found = app.collaborators.filter(person_id=_number(request, "person")).select_related("person").first()
    if found is None:
        raise NotFound
    return found


def _number(request: HttpRequest, name: str) -> int:
    said = request.POST.get(name, "")
    if not said.isdecimal():
        raise NotFound
    return int(said)
