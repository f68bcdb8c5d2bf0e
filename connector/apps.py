"""The connector app; its registries are filled when Django starts."""

from django.apps import AppConfig


class ConnectorConfig(AppConfig):
    name = "connector"

    def ready(self) -> None:
        from connector.auth import auth
        from connector.framings import framings

        for registry in (auth, framings):
            registry.discover()
