"""The sockets of live pages."""

from django.urls import path

from workflows.live.consumers import DebugConsumer, LiveConsumer

websocket_urlpatterns = [
    path("ws/live/<slug:slug>/<str:page>/", LiveConsumer.as_asgi()),
    path("ws/debug/<slug:slug>/<str:visit>/", DebugConsumer.as_asgi()),
]
