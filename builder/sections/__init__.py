"""Sections of the Settings tab: each Django app brings its own in its folder `sections`."""

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
    """What came of something a section did: what is said of it, where the person goes, what has the focus and whether
    that is empty again, and what its template shows beside the usual, such as a form with what is wrong in it."""

    said: str = ""
    goes: str = ""
    focus: str = ""
    empties: bool = False
    shown: Mapping[str, Any] = field(default_factory=dict)


class Section:
    """One section: a form whose fields are stored one by one as they are filled in, and what else it can do.

    What is stored is the app's, of a section `of_server` the server's, which only the server's owner sees. `does` names
    the methods that its buttons post to, each `(request, app) -> Done`. Values of an app take the right to edit it.
    """

    name = ""
    label = ""
    icon = "sliders"
    order = 100
    hint = ""
    of_server = False
    Options: type[Form] | None = None
    does: tuple[str, ...] = ()
    # Those of them that only the app's owner may do.
    owns: tuple[str, ...] = ()
    template = "settings/fields.html"

    def is_for(self, person: User) -> bool:
        """Whether it exists for somebody who sees the app."""
        return person.is_server_owner or not self.of_server

    def right(self, what: str) -> str:
        """What somebody needs who does this or fills in this field; the server's own are for whom they exist for."""
        return "see" if self.of_server else "own" if what in self.owns else "edit"

    def values(self, app: App) -> dict[str, Any]:
        """All of its values, as they were chosen or else as they are by default."""
        defaults = {name: made.initial for name, made in self._fields().items()}
        return defaults | self.held(app)

    def form(self, app: App, typed: Mapping[str, Any] | None = None) -> Form:
        """The form as it is filled in, with what was typed just now."""
        if self.Options is None:
            raise NotFound
        return self.Options({**self.values(app), **(typed or {})})

    def held(self, app: App) -> dict[str, Any]:
        """What was chosen."""
        return chosen(self.name, None if self.of_server else app)

    def store(self, app: App, name: str, value: Any) -> None:
        """Keep one value that the form has checked; what is left empty has its default."""
        choose(self.name, {name: None if value == "" else value}, None if self.of_server else app)

    def context(self, app: App, person: User, form: Form | None) -> dict[str, Any]:
        """What its template shows beside the form, which may have been typed into just now."""
        return {}

    def do(self, what: str, request: HttpRequest, app: App) -> Done:
        """One of the things that its buttons do."""
        done: Done = getattr(self, what)(request, app)
        return done

    def _fields(self) -> dict[str, forms.Field]:
        return self.Options.base_fields if self.Options else {}  # type: ignore[attr-defined]


sections: Registry[Section] = Registry("section of settings", "sections")


def sections_for(person: User) -> list[Section]:
    """The sections that somebody who is in an app sees: those of the app first, then those of the server."""
    return sorted((one for one in sections.values() if one.is_for(person)), key=lambda one: (one.of_server, one.order))


def section_for(person: User, name: str) -> Section:
    """One of them. Raises NotFound."""
    if name not in sections or not sections[name].is_for(person):
        raise NotFound
    return sections[name]
