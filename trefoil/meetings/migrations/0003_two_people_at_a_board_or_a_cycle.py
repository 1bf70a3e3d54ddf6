"""A board's entry and a group's cycle become records that two people may save: each has a version."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0002_changed_by_somebody'),
    ]

    operations = [
        migrations.AddField(
            model_name='boardlink',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='cycle',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
    ]
