"""Registries: everything there will be many of is a folder of small entries, discovered in every Django app."""

from collections.abc import Iterator
from importlib import import_module, util
from pkgutil import iter_modules
from typing import Any, Generic, TypeVar

from django.apps import apps

T = TypeVar("T")


class UnknownEntry(LookupError):
    """A name without an entry in a registry. Says which kind, which name, and which names exist."""

    def __init__(self, kind: str, name: object, known: Iterator[str]):
        self.kind, self.name, self.known = kind, name, sorted(known)
        super().__init__(f"There is no {kind} named {name!r}. There are: {', '.join(self.known) or 'none'}.")


class Registry(dict[str, T], Generic[T]):
    """The entries of one kind by name, in the order they were found.

    `folder` is the subpackage that `discover` imports from every Django app of the project, so that a new entry is one
    new file and there is no list to edit.
    """

    def __init__(self, kind: str, folder: str):
        super().__init__()
        self.kind = kind
        self.folder = folder

    def register(self, entry: Any) -> Any:
        """Store an entry under its `name`; of a class, its single instance. Can be used as a decorator."""
        instance = entry() if isinstance(entry, type) else entry
        if instance.name in self:
            raise ValueError(f"Two entries of the registry of {self.kind}s are named {instance.name!r}.")
        self[instance.name] = instance
        return entry

    def discover(self) -> None:
        """Import `<app>.<folder>` and all of its modules, for every Django app that has one."""
        for app in apps.get_app_configs():
            package = f"{app.name}.{self.folder}"
            found = None if app.name.startswith("django.") else util.find_spec(package)
            # Third-party apps may have a module of that name, such as `channels.auth`.
            if found is None or found.submodule_search_locations is None:
                continue
            for module in iter_modules(import_module(package).__path__):
                import_module(f"{package}.{module.name}")

    def __missing__(self, name: str) -> T:
        raise UnknownEntry(self.kind, name, iter(self))
