"""The builder app: its registries are filled when Django starts."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    name = "builder"

    def ready(self) -> None:
        from builder.changes import changes
        from builder.kinds import kinds
        from builder.starters import starters
        from builder.tabs import tabs

        for registry in (kinds, changes, starters, tabs):
            registry.discover()
