"""Forms in our design: the renderer for every Django form, and the forms of accounts and apps."""

from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import password_validation
from django.forms.renderers import DjangoTemplates
from django.template import loader

from builder.fields import OF_LIMITS
from builder.models import App, User
from builder.starters import starters

# Reserved addresses: /apps/new/ is the dialog for a new app.
OWN_ADDRESSES = {"new"}
# A control's class by the last part of its widget's template name.
CONTROLS = {
    "checkbox.html": "check",
    "radio.html": "radio",
    "checkbox_option.html": "check",
    "radio_option.html": "radio",
}


class Renderer(DjangoTemplates):
    """Renders all forms with the design's fields: `{{ form.name.as_field_group }}` is a complete `.field`."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"

    def get_template(self, template_name: str) -> Any:
        own = template_name.startswith("parts/")
        return loader.get_template(template_name) if own else super().get_template(template_name)

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if widget := context.get("widget"):
            control = CONTROLS.get(template_name.rpartition("/")[2], "input")
            widget["attrs"] = {**widget["attrs"], "class": f"{control} {widget['attrs'].get('class', '')}".strip()}
        return super().render(template_name, context, request)


# Django's own messages, and ours.
IN_OUR_WORDS = {
    "required": "Fill this in.",
    "max_length": OF_LIMITS["max_length"],
    "min_length": "This has fewer than %(limit_value)d characters. Write more.",
}
NO_ADDRESS = "This is not an e-mail address. Write it like name@example.org."


class InOurWords(forms.BaseForm):
    """Uses our wording for errors, unless the field has its own, and labels without colons."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for field in self.fields.values():
            words = IN_OUR_WORDS | ({"invalid": NO_ADDRESS} if isinstance(field, forms.EmailField) else {})
            for code, sentence in words.items():
                if field.error_messages.get(code) in (None, forms.Field.default_error_messages.get(code)):
                    field.error_messages[code] = sentence


class Form(InOurWords, forms.Form):
    """The base of our forms."""


class PageForm(InOurWords):
    """A form that is the subject of a page or dialog: its first field gets the focus, or the first one with an
    error."""

    def full_clean(self) -> None:
        super().full_clean()
        first = next((name for name in self.fields if name in self.errors), next(iter(self.fields)))
        self.fields[first].widget.attrs["autofocus"] = True


class SignInForm(PageForm, auth_forms.AuthenticationForm):
    """E-mail address and password. There is one message for every mistake, so that it reveals nobody's account."""

    error_messages = {
        "invalid_login": "The e-mail address or the password is wrong. Check both.",
        "inactive": "The e-mail address or the password is wrong. Check both.",
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        email = self.fields["username"]
        email.label, email.widget = "E-mail address", forms.EmailInput({"autocomplete": "username"})

    def clean_username(self) -> str:
        # A single spelling, so that attempts are counted per account rather than per spelling.
        return self.cleaned_data["username"].strip().lower()


class SignUpForm(PageForm, forms.Form):
    """A new account."""

    name = forms.CharField(max_length=80, label="Your name", widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        max_length=254, label="E-mail address", widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label="Password",
        help_text="At least 10 characters.",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(
                "There is an account with this e-mail address. Sign in, or ask for a new password."
            )
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if password := data.get("password"):
            try:
                password_validation.validate_password(
                    password, User(email=data.get("email", ""), name=data.get("name", ""))
                )
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class PasswordResetForm(PageForm, auth_forms.PasswordResetForm):
    """Sends a link for a new password. Its host comes from the settings, never from the request."""

    email = forms.EmailField(
        max_length=254, label="E-mail address", widget=forms.EmailInput({"autocomplete": "username"})
    )

    def get_users(self, email: str) -> Any:
        """Includes people who never had a password, such as the first owner, who signed in with a link."""
        return User.objects.filter(email=email.lower(), is_active=True)

    def save(self, **options: Any) -> None:
        home = urlsplit(settings.ORIGINS[0])
        options |= {"domain_override": home.netloc, "use_https": home.scheme == "https"}
        super().save(**options)


class SetPasswordForm(PageForm, auth_forms.SetPasswordForm):
    """A new password, typed twice."""

    error_messages = {"password_mismatch": "The two passwords are not the same."}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = "At least 10 characters."
        self.fields["new_password2"].label = "The same again"
        self.fields["new_password2"].help_text = ""


class AddressForm(Form):
    """An address that no other app has."""

    LONGEST = 50
    slug = forms.SlugField(
        max_length=LONGEST,
        label="Address",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "Only letters without accents, digits and hyphens."},
    )

    def __init__(self, *args: Any, app: App | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.app = app

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].lower()
        if slug in OWN_ADDRESSES:
            raise forms.ValidationError("This address is kept for Streamwright itself.")
        if App.objects.filter(slug=slug).exclude(pk=self.app and self.app.pk).exists():
            raise forms.ValidationError("This address is taken. Choose another one.", code="taken")
        return slug

    @property
    def free(self) -> str:
        """A free address similar to the one that is taken; empty if none is taken."""
        if not self.has_error("slug", "taken"):
            return ""
        wanted = str(self["slug"].value()).lower()[: self.LONGEST - 4].rstrip("-")
        taken = set(App.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        return next(each for each in (f"{wanted}-{number}" for number in count(2)) if each not in taken)


class NewAppForm(PageForm, AddressForm):
    """A name, a free address, and what to start with."""

    name = forms.CharField(max_length=80, label="Name", widget=forms.TextInput({"autocomplete": "off"}))
    starter = forms.CharField()
    field_order = ("name", "slug", "starter")

    def clean_starter(self) -> str:
        if self.cleaned_data["starter"] not in starters:
            raise forms.ValidationError("Choose what to start from.")
        return self.cleaned_data["starter"]

    def save(self, owner: User) -> App:
        return starters[self.cleaned_data["starter"]].make(owner, self.cleaned_data["name"], self.cleaned_data["slug"])


class DeleteAppForm(Form):
    """To delete an app, its name has to be typed."""

    name = forms.CharField(
        max_length=80, label="Name of the app", widget=forms.TextInput({"autocomplete": "off", "autofocus": True})
    )

    def __init__(self, *args: Any, app: App, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.app = app

    def clean_name(self) -> str:
        if self.cleaned_data["name"].strip() != self.app.name:
            raise forms.ValidationError(f"This is not its name. Type {self.app.name}.")
        return self.cleaned_data["name"]
