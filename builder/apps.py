"""The builder app: its registries are filled when Django starts."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    name = "builder"
