"""Sections of the Settings tab: each Django app provides its own in its `sections` folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest

from builder.chosen import choose, chosen
from builder.errors import NotFound
from builder.forms import Form
from builder.models import App, User
from builder.registry import Registry


@dataclass(frozen=True, slots=True)
class Done:
    """The outcome of an action of a section: the message, where to redirect, which control gets the focus and whether
    it is cleared, and additional context for the template, such as a form with its errors."""

    said: str = ""
    goes: str = ""
    focus: str = ""
    empties: bool = False
    shown: Mapping[str, Any] = field(default_factory=dict)


class Section:
    """One section: a form whose fields are stored individually as they are filled in, and further actions.

    Values are stored for the app, or for the server if the section is `of_server`, which only the server's owner sees.
    `does` lists the methods that its buttons post to, each `(request, app) -> Done`. Changing values of an app requires
    the right to edit it.
    """

    name = ""
    label = ""
    icon = "sliders"
    order = 100
    hint = ""
    of_server = False
    Options: type[Form] | None = None
    does: tuple[str, ...] = ()
    # Those of them reserved for the app's owner.
    owns: tuple[str, ...] = ()
    template = "settings/fields.html"

    def is_for(self, person: User) -> bool:
        """Whether it exists for somebody who can see the app."""
        return person.is_server_owner or not self.of_server

    def right(self, what: str) -> str:
        """The right required for this action or field; those of the server need no more than being able to see the
        section."""
        return "see" if self.of_server else "own" if what in self.owns else "edit"

    def values(self, app: App) -> dict[str, Any]:
        """All of its values, chosen or default."""
        defaults = {name: made.initial for name, made in self._fields().items()}
        return defaults | self.held(app)

    def form(self, app: App, typed: Mapping[str, Any] | None = None) -> Form:
        """The form with the stored values, and the ones just typed."""
        if self.Options is None:
            raise NotFound
        return self.Options({**self.values(app), **(typed or {})})

    def held(self, app: App) -> dict[str, Any]:
        """The values that were chosen."""
        return chosen(self.name, None if self.of_server else app)

    def store(self, app: App, name: str, value: Any) -> None:
        """Store one value validated by the form; an empty one restores the default."""
        choose(self.name, {name: None if value == "" else value}, None if self.of_server else app)

    def context(self, app: App, person: User, form: Form | None) -> dict[str, Any]:
        """The context of its template besides the form, which may contain values just typed."""
        return {}

    def do(self, what: str, request: HttpRequest, app: App) -> Done:
        """Perform one of the actions of its buttons."""
        done: Done = getattr(self, what)(request, app)
        return done

    def _fields(self) -> dict[str, forms.Field]:
        return self.Options.base_fields if self.Options else {}  # type: ignore[attr-defined]


sections: Registry[Section] = Registry("section of settings", "sections")


def sections_for(person: User) -> list[Section]:
    """The sections that somebody in an app can see: those of the app first, then those of the server."""
    return sorted((one for one in sections.values() if one.is_for(person)), key=lambda one: (one.of_server, one.order))


def section_for(person: User, name: str) -> Section:
    """One of these sections. Raises NotFound."""
    if name not in sections or not sections[name].is_for(person):
        raise NotFound
    return sections[name]
