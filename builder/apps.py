"""The builder app; its registries are filled when Django starts."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    name = "builder"

    def ready(self) -> None:
        from builder.changes import changes
        from builder.elements import elements
        from builder.gestures import gestures
        from builder.kinds import kinds
        from builder.mentions import mentions
        from builder.operators import operators
        from builder.sections import sections
        from builder.sources import sources
        from builder.starters import starters
        from builder.tabs import tabs
        from builder.themes import themes
        from builder.types import types

        for registry in (
            *(types, operators, sources, elements, kinds, changes, gestures),
            *(themes, starters, tabs, sections, mentions),
        ):
            registry.discover()
