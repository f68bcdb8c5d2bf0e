"""The project as a Django app, so that its commands, checks and template tags are found."""

from django.apps import AppConfig


class StreamwrightConfig(AppConfig):
    name = "streamwright"

    def ready(self) -> None:
        from streamwright import checks  # noqa: F401
