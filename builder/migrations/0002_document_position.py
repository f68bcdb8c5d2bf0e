from django.db import migrations, models


def number(apps, schema_editor):
    """Documents keep the order they were made in."""
    documents = apps.get_model("builder", "Document")
    position = {}
    for document in documents.objects.order_by("app_id", "id").only("id", "app_id").iterator():
        position[document.app_id] = position.get(document.app_id, 0) + 1
        documents.objects.filter(pk=document.pk).update(position=position[document.app_id])


class Migration(migrations.Migration):
    dependencies = [("builder", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="document", name="position", field=models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AlterModelOptions(name="document", options={"ordering": ("position", "id")}),
        migrations.RunPython(number, migrations.RunPython.noop),
    ]
