"""Sign-up: whether people may create accounts themselves."""

from typing import Any

from django import forms
from django.conf import settings

from builder.chosen import chosen
from builder.forms import Form
from builder.models import App, User
from builder.sections import Section, sections


class SignUpSettingForm(Form):
    open = forms.BooleanField(
        required=False,
        label="People may make an account by themselves",
        help_text="When closed, only people who are invited have one. Either way everybody builds only their own apps.",
    )


@sections.register
class SignUp(Section):
    name = "sign_up"
    label = "Sign-up"
    icon = "users"
    order = 20
    of_server = True
    Options = SignUpSettingForm
    template = "settings/sign_up.html"

    def held(self, app: App | None = None) -> dict[str, Any]:
        return {"open": sign_up_is_open()}

    def context(self, app: App, person: User, form: Form | None) -> dict[str, Any]:
        return {"by_default": settings.SIGN_UP_OPEN, "was_chosen": "open" in chosen(self.name)}


def sign_up_is_open() -> bool:
    """The server owner's choice; without one, SIGN_UP_OPEN."""
    return bool(chosen(SignUp.name).get("open", settings.SIGN_UP_OPEN))
