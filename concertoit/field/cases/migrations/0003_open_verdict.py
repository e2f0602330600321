"""What a verdict says to who does not accompany the household, for the verdicts that are there already."""

from django.db import migrations, models
from django.utils import timezone


def _open_outcome(items, needed):
    """The outcome with the answers that are reserved left open: they may not tell which way they went."""
    answers = [(item["weight"], "check" if item["reserved"] else item["answer"]) for item in items]

    def enough(wanted):
        certain = any(weight == "certain" and answer in wanted for weight, answer in answers)
        return certain or sum(weight == "other" and answer in wanted for weight, answer in answers) >= needed

    return "proposed" if enough({"yes"}) else "to_check" if enough({"yes", "check"}) else "not_proposed"


def fill(apps, schema_editor):
    for row in apps.get_model("cases", "ComplexityAssessment").objects.select_related("rules").iterator(chunk_size=500):
        needed = int(row.rules.edition.get("others_needed", 2)) if row.rules else 2
        row.open_outcome, row.open_cause, row.open_at = _open_outcome(row.items, needed), row.cause, row.at
        row.save(update_fields=["open_outcome", "open_cause", "open_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_orphans'),
    ]

    operations = [
        migrations.AddField(
            model_name='complexityassessment',
            name='open_outcome',
            field=models.CharField(choices=[('proposed', 'Proposé comme complexe'), ('to_check', 'À vérifier'), ('not_proposed', 'Non proposé')], default='to_check', max_length=12, verbose_name='verdict'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='complexityassessment',
            name='open_cause',
            field=models.CharField(choices=[('opened', 'ouverture du dossier'), ('moved', 'geste au dossier'), ('building', 'autre signalement dans l’immeuble'), ('flag', 'réponse de l’équipe'), ('rules', 'nouvelles règles'), ('daily', 'temps qui passe')], default='daily', max_length=10, verbose_name='à la suite de'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='complexityassessment',
            name='open_at',
            field=models.DateTimeField(default=timezone.now, verbose_name='le'),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
