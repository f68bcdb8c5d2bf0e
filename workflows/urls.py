"""Addresses of the Workflows tab and of live pages."""

from django.urls import path

from workflows.views import preview

# /preview/<slug>/
preview_urls = [
    path("preview/<slug:slug>/", preview.preview, name="preview"),
    path("preview/<slug:slug>/<str:page>/", preview.preview, name="preview"),
]

urlpatterns = preview_urls
