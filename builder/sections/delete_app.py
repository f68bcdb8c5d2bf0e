"""Delete the app with all its content, after its name was typed."""

from builder.sections import Section, sections


@sections.register
class DeleteApp(Section):
    name = "delete"
    label = "Delete the app"
    icon = "trash"
    order = 90
    template = "settings/delete.html"
