from django.db import migrations, models


def tell_live_from_preview(apps, schema_editor):
    """Who edits is known by their address, and a visitor of a published app by none."""
    apps.get_model("workflows", "Run").objects.filter(visitor="").update(environment="live")


class Migration(migrations.Migration):

    dependencies = [
        ('workflows', '0003_releases'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='environment',
            field=models.CharField(default='development', max_length=12),
        ),
        migrations.RunPython(tell_live_from_preview, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name='run',
            name='newest_runs_of_a_workflow',
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(fields=['app', 'workflow', 'environment', '-started'], name='newest_runs_of_a_workflow'),
        ),
    ]
