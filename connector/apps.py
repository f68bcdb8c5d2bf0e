"""The connector app: its registries are filled when Django starts."""

from django.apps import AppConfig


class ConnectorConfig(AppConfig):
    name = "connector"
