from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('places', '0004_door_number'),
        ('spaces', '0004_field'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('follower', None)), fields=['space', '-known_at', '-id'], name='cases_case_orphans'),
        ),
    ]
