"""The workflows app: its registries are filled when Django starts."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self) -> None:
        from workflows.actions import actions
        from workflows.events import events

        for registry in (actions, events):
            registry.discover()
