"""E-mail: the sender of an app's future e-mails, and where replies to them go. No step sends any yet."""

from email.utils import formataddr, parseaddr
from typing import Any

from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

from builder.access import person
from builder.forms import Form
from builder.models import App, User
from builder.sections import Done, Section, sections

# E-mail back ends that send nothing, and what they do instead.
SENDS_NOTHING = {
    "console": "This server prints e-mails to its log and sends none.",
    "dummy": "This server throws e-mails away.",
    "locmem": "This server keeps e-mails in memory and sends none.",
    "filebased": "This server writes e-mails into files and sends none.",
}


class EmailForm(Form):
    """The sender's address is always the server's own: any other would look forged."""

    sender = forms.CharField(
        required=False,
        max_length=80,
        label="Sender's name",
        help_text="Left empty, it is the app's name.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    reply_to = forms.EmailField(
        required=False,
        max_length=254,
        label="Answers go to",
        help_text="Left empty, they go to the server's own address.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


@sections.register
class Email(Section):
    name = "email"
    label = "E-mail"
    icon = "mail"
    order = 50
    hint = "Apps cannot send e-mails yet. Theirs will be signed like this."
    Options = EmailForm
    does = ("try_it",)
    template = "settings/email.html"

    def context(self, app: App, person: User, form: Form | None) -> dict[str, Any]:
        backend = settings.EMAIL_BACKEND.split(".")[-2]
        return {"sender": sender_of(app), "nothing": SENDS_NOTHING.get(backend, ""), "whom": person.email}

    def try_it(self, request: HttpRequest, app: App) -> Done:
        """Send an e-mail to whoever pressed the button, signed as the app's own will be."""
        whom = person(request).email
        name = " ".join(app.name.split())
        try:
            mail_of(app, f"An e-mail from {name}", "This is how its e-mails will be signed.", whom).send()
        except OSError as problem:  # smtplib's errors are OSErrors, too.
            return Done(shown={"failed": f"It could not be sent: {str(problem)[:200] or type(problem).__name__}."})
        return Done(said=f"An e-mail to {whom} is on its way.")


def sender_of(app: App) -> str:
    """The sender of an app's e-mails: its name, with the server's address."""
    name = sections[Email.name].values(app)["sender"] or app.name
    return formataddr((" ".join(name.split()), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def mail_of(app: App, subject: str, text: str, *to: str) -> EmailMessage:
    """An e-mail of an app, ready to be sent."""
    answers = sections[Email.name].values(app)["reply_to"]
    return EmailMessage(subject, text, sender_of(app), list(to), reply_to=[answers] if answers else None)
