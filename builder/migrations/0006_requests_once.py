"""A request of the editor has at most one entry. Which it was counts for seconds: what is known of it now is let go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("builder", "0005_collaborators")]

    operations = [
        migrations.RemoveField(model_name="entry", name="token"),
        migrations.AddField(
            model_name="entry",
            name="token",
            field=models.CharField(blank=True, max_length=40, null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="refusal",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("app", "person", "token"), name="one_entry_a_request"),
        ),
    ]
