from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0003_buildings'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='door',
            index=models.Index(fields=['number', 'street_key'], name='places_door_number'),
        ),
    ]
