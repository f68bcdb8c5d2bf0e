"""The socket of the editor's shell."""

from django.urls import path

from builder.consumers import NewsConsumer

websocket_urlpatterns = [path("ws/editor/<slug:slug>/", NewsConsumer.as_asgi())]
