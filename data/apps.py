"""The data app: its registries are filled when Django starts."""

from django.apps import AppConfig


class DataConfig(AppConfig):
    name = "data"
