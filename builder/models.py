"""What an app consists of in rows: people, apps, their documents, and the journal of every change."""

from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils import timezone

from builder.document import new_id


class UserManager(BaseUserManager["User"]):
    """Creates people by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """Somebody who builds apps here. Signs in with an e-mail address."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80, blank=True)
    # The owner of this server, who sees the server's own settings.
    is_server_owner = models.BooleanField(default=False)
    # Whether single-letter shortcuts work in the editor (WCAG 2.1.4).
    single_keys = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()  # type: ignore[assignment,misc]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        """Two letters for the avatar next to the name."""
        words = (self.name or self.email.split("@")[0]).replace(".", " ").split()
        return "".join(word[0] for word in words[:2]).upper() or "?"


class SignInLink(models.Model):
    """A link that signs somebody in once. Only the token's hash is stored."""

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    # An invitation works on any machine; every other link only on the one that runs Streamwright.
    is_invitation = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Sign-in link for {self.user}"


def _app_key() -> str:
    return new_id("ap")


class App(models.Model):
    """An app: a name, an address, and its documents."""

    id = models.CharField(primary_key=True, max_length=12, default=_app_key, editable=False)
    name = models.CharField(max_length=80)
    # The app's address: unique on this server, part of every URL of the editor and of the app itself.
    slug = models.SlugField(max_length=50, unique=True)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="apps")
    # The starter it was created from, which determines its thumbnail in the list of apps.
    starter = models.CharField(max_length=20, default="blank")
    created = models.DateTimeField(default=timezone.now, editable=False)
    edited = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-edited",)

    def __str__(self) -> str:
        return self.name


class Collaborator(models.Model):
    """Somebody who builds an app with its owner, or only views it. `builder.people.rights.RIGHTS` says what a role may
    do."""

    EDITOR, VIEWER = "editor", "viewer"
    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="collaborators")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shared")
    role = models.CharField(max_length=10, choices=((EDITOR, "Editor"), (VIEWER, "Viewer")))
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("since", "id")
        constraints = (models.UniqueConstraint(fields=("app", "person"), name="one_role_in_an_app"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.app_id}: {self.role}"


class Invitation(models.Model):
    """A link that makes somebody a collaborator, once: whoever has the account with this address.

    Only the token's hash is stored. A new one for the same address replaces the first.
    """

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Collaborator._meta.get_field("role").choices)
    token_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("app", "email"), name="one_invitation_an_address"),)

    def __str__(self) -> str:
        return f"Invitation of {self.email} to {self.app_id}"


class AppSettings(models.Model):
    """Choices made for an app in Settings: `{section: {field: value}}`. Anything missing has its default.

    Read and written by `builder.chosen`; each section's form has validated what is in it.
    """

    app = models.OneToOneField(App, on_delete=models.CASCADE, primary_key=True, related_name="settings")
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "settings of apps"

    def __str__(self) -> str:
        return f"Settings of {self.app_id}"


class ServerSettings(models.Model):
    """The same for the whole server: one row, whose key is `ONLY`."""

    ONLY = 1
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "settings of the server"

    def __str__(self) -> str:
        return "Settings of the server"


class Document(models.Model):
    """One JSON document of an app: a page, an API, a workflow or a data type.

    `body` has the format described in `builder.document`.
    """

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=12)
    body = models.JSONField()
    # Incremented with every change, so that a reader knows whether it has the latest version.
    revision = models.PositiveIntegerField(default=1)
    # Its place among the app's documents, from 1 and with gaps. A document restored by an undo gets its old one.
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("app", "kind", "key"), name="one_document_a_key"),)

    def __str__(self) -> str:
        return f"{self.address} {self.name!r}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new document without a position is last."""
        if not self.position:
            last = Document.objects.filter(app=self.app).aggregate(last=models.Max("position"))["last"]
            self.position = (last or 0) + 1
        super().save(*args, **kwargs)

    @property
    def address(self) -> str:
        """How changes refer to it: `page/pg_ab12cd`."""
        return f"{self.kind}/{self.key}"

    @property
    def root(self) -> dict[str, Any]:
        """The node that represents the document itself."""
        return self.body["nodes"][self.body["root"]]

    @property
    def kind_words(self) -> str:
        """Its kind, as part of a sentence: a page, a reusable element."""
        return self.kind.replace("_", " ") if self.kind != "reusable" else "reusable element"

    @property
    def name(self) -> str:
        """What people call it."""
        return self.root["name"]


class Entry(models.Model):
    """One gesture of one person in the journal of an app: its changes, and their inverses in the order of an undo."""

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="entries")
    label = models.CharField(max_length=120)
    changes = models.JSONField()
    inverses = models.JSONField()
    undone = models.BooleanField(default=False)
    # An undo or a redo of it was refused, so the next one skips it.
    passed = models.BooleanField(default=False)
    # The reason; see `errors.StreamwrightError.as_json`.
    refusal = models.JSONField(null=True, blank=True)
    # The browser's id for its latest request about this, so that a resent one has its effect only once.
    token = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 - nulls are not unique
    # The browser's id of the stretch of typing it belongs to.
    stretch = models.CharField(max_length=40, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    # What undo and redo would take back or repeat, if that was just determined. Not stored.
    names: tuple[str, str] | None = None

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("app", "person", "undone", "-id"), name="undo_and_redo"),)
        constraints = (models.UniqueConstraint(fields=("app", "person", "token"), name="one_entry_a_request"),)
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return self.label
