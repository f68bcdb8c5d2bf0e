"""Addresses of the Workflows tab and of live pages."""

from django.urls import path

from workflows.views import preview, published, publishing, workflows

HOME = "apps/<slug:slug>/workflows/"
WORKFLOW = f"{HOME}<slug:workflow>/"
STEP = f"{WORKFLOW}<slug:step>/"

# /apps/<slug>/workflows/?workflow=…&step=…
home_urls = [
    path(HOME, workflows.tab, name="workflows"),
    path(f"{HOME}new/", workflows.new, name="new-workflow"),
]

# …/workflows/<workflow>/
workflow_urls = [
    path(f"{WORKFLOW}runs/", workflows.runs, name="runs"),
    path(f"{WORKFLOW}rename/", workflows.rename, name="rename-workflow"),
    path(f"{WORKFLOW}duplicate/", workflows.duplicate, name="duplicate-workflow"),
    path(f"{WORKFLOW}delete/", workflows.delete, name="delete-workflow"),
    path(f"{WORKFLOW}add/", workflows.add_step, name="add-step"),
    path(f"{WORKFLOW}set/<str:prop>/", workflows.set_workflow, name="set-workflow"),
]

# …/workflows/<workflow>/<step>/
step_urls = [
    path(f"{STEP}move/<slug:way>/", workflows.move_step, name="move-step"),
    path(f"{STEP}duplicate/", workflows.duplicate_step, name="duplicate-step"),
    path(f"{STEP}delete/", workflows.delete_step, name="delete-step"),
    path(f"{STEP}set/<str:prop>/", workflows.set_step, name="set-step"),
]

# /preview/<slug>/
preview_urls = [
    path("preview/<slug:slug>/", preview.preview, name="preview"),
    path("preview/<slug:slug>/<str:page>/", preview.preview, name="preview"),
]

# /apps/<slug>/publish/
PUBLISH = "apps/<slug:slug>/publish/"
publish_urls = [
    path(PUBLISH, publishing.dialog, name="publish"),
    path(f"{PUBLISH}roll-back/<slug:release>/", publishing.roll_back, name="roll-back"),
    path(f"{PUBLISH}unpublish/", publishing.unpublish, name="unpublish"),
]

urlpatterns = home_urls + workflow_urls + step_urls + preview_urls + publish_urls

# On the origin of published apps: /<slug>/ and /files/<key>/<name>
published_urls = [
    path("", published.outside),
    path("<slug:slug>/", published.page, name="published"),
    path("<slug:slug>/<slug:path>/", published.page, name="published"),
    path("files/<slug:key>/<str:name>", published.file, name="published-file"),
]
