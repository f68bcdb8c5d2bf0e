"""The workflows app: its registries are filled when Django starts."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
