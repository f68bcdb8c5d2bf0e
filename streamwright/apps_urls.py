"""The URLs on the origin of published apps: their pages and files, and nothing of the editor."""

from workflows.urls import published_urls

urlpatterns = published_urls

handler400 = "builder.views.errors.bad_request"
handler403 = "builder.views.errors.forbidden"
handler404 = "builder.views.errors.not_found"
handler500 = "builder.views.errors.server_error"
