"""The data app: the built app's own database."""

from django.apps import AppConfig


class DataConfig(AppConfig):
    name = "data"
