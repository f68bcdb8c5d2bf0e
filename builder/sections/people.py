"""People: who has an account on this server, and who runs it."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest

from builder.access import person
from builder.errors import NotFound
from builder.forms import Form
from builder.models import App, User
from builder.people import sign_in_link
from builder.sections import Done, Section, sections


class InviteForm(Form):
    """Whom to invite."""

    email = forms.EmailField(max_length=254, label="E-mail address", widget=forms.EmailInput({"autocomplete": "off"}))

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        known = User.objects.filter(email=email).first()
        if known and not known.is_active:
            raise forms.ValidationError("This account is switched off. Switch it on below.")
        # People who came by a link and left without choosing a password need another one. Owners use `manage.py link`.
        if known and (known.has_usable_password() or (known.is_server_owner and known.last_login)):
            raise forms.ValidationError("There is an account with this e-mail address.")
        return email


@sections.register
class People(Section):
    name = "people"
    label = "People"
    icon = "user"
    order = 10
    of_server = True
    hint = "Everybody, also whoever runs the server, sees only their own apps and those they are invited to."
    does = ("invite", "switch_off", "switch_on", "make_owner", "make_builder")
    template = "settings/people.html"

    def context(self, app: App, person: User, form: Form | None) -> dict[str, Any]:
        people = User.objects.annotate(builds=Count("apps")).order_by("-is_active", "date_joined", "pk")
        return {"people": people, "me": person, "invitation": InviteForm(), "owners": _owners().count()}

    def invite(self, request: HttpRequest, app: App) -> Done:
        """Create an account without a password, and a link that lets its person in. Inviting again creates another
        link."""
        form = InviteForm(request.POST)
        if not form.is_valid():
            return Done(focus="id_email", shown={"invitation": form})
        email = form.cleaned_data["email"]
        invited = User.objects.filter(email=email).first() or User.objects.create_user(email)
        link = f"{settings.ORIGINS[0]}/link/{sign_in_link.invite(invited)}/"
        days = sign_in_link.INVITED_FOR.days
        return Done(focus="invited-link", shown={"invited": {"email": email, "link": link, "days": days}})

    def switch_off(self, request: HttpRequest, app: App) -> Done:
        """Disable an account: nobody can sign in with it; its apps are kept."""
        return Done(said=f"{_change(request, is_active=False)} cannot sign in any more.")

    def switch_on(self, request: HttpRequest, app: App) -> Done:
        return Done(said=f"{_change(request, is_active=True)} can sign in again.")

    def make_owner(self, request: HttpRequest, app: App) -> Done:
        return Done(said=f"{_change(request, is_server_owner=True)} runs this server, too.")

    def make_builder(self, request: HttpRequest, app: App) -> Done:
        return Done(said=f"{_change(request, is_server_owner=False)} does not run this server any more.")


def _owners() -> Any:
    return User.objects.filter(is_server_owner=True, is_active=True)


def _change(request: HttpRequest, **values: bool) -> User:
    """Change somebody else's account. Never one's own, and only while being an owner, which is checked under a lock: if
    two owners demote each other, one of them remains."""
    wanted, me = request.POST.get("person", ""), person(request)
    with transaction.atomic():
        owners = set(_owners().select_for_update().values_list("pk", flat=True))
        found = User.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
        if me.pk not in owners or found is None or found == me:
            raise NotFound
        User.objects.filter(pk=found.pk).update(**values)
    return found
