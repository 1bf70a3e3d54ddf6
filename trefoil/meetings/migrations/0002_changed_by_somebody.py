"""Terms and agenda items become records that two people may save: both say who changed them last."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField(
            model_name='terms',
            old_name='written_at',
            new_name='changed_at',
        ),
        migrations.RenameField(
            model_name='terms',
            old_name='written_by',
            new_name='changed_by',
        ),
        migrations.AlterField(
            model_name='terms',
            name='changed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='terms',
            name='changed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='agendaitem',
            name='changed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='agendaitem',
            name='changed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('changed_at__isnull', True), ('changed_by__isnull', True)), models.Q(('changed_at__isnull', False), ('changed_by__isnull', False)), _connector='OR'), name='meetings_agendaitem_changed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='terms',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('changed_at__isnull', True), ('changed_by__isnull', True)), models.Q(('changed_at__isnull', False), ('changed_by__isnull', False)), _connector='OR'), name='meetings_terms_changed_by_somebody'),
        ),
    ]
