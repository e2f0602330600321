from django.db import migrations, models

SPANS = [("day", "day"), ("month", "month"), ("year", "year")]


class Migration(migrations.Migration):
    """Days are kept too. Choices are no part of the tables: nothing is rewritten."""

    dependencies = [("logbook", "0003_imports")]
    operations = [
        migrations.AlterField(model, "span", models.CharField(max_length=5, choices=SPANS))
        for model in ("tally", "tallyperiod")
    ]
