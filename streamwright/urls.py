"""All URLs, assembled from those of each Django app."""

from importlib.util import find_spec

from django.urls import include, path

from builder.views.shell import promise

APPS = [app for app in ("builder", "data", "connector", "workflows") if find_spec(f"{app}.urls")]
# Tabs that do not have URLs of their own yet.
PROMISED = [path(f"apps/<slug:slug>/{tab}/", promise, {"tab": tab}, tab) for tab in ("workflows", "data", "connector")]

urlpatterns = [*(path("", include(f"{app}.urls")) for app in APPS), *PROMISED]

handler400 = "builder.views.errors.bad_request"
handler403 = "builder.views.errors.forbidden"
handler404 = "builder.views.errors.not_found"
handler500 = "builder.views.errors.server_error"
