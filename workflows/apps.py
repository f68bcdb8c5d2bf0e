"""The workflows app; its registries are filled when Django starts."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self) -> None:
        from data.live import found_by
        from workflows.actions import actions
        from workflows.events import events
        from workflows.releases import published_edition

        found_by(published_edition)
        for registry in (actions, events):
            registry.discover()
