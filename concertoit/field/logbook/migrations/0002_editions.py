"""The shared lists of 2007 and 2022: an installation has them from its first day."""

from django.db import migrations


def install(apps, schema_editor):
    from concertoit.field.logbook.rules.editions import EDITIONS, RENAMED

    Edition, Term, TermMapping = (apps.get_model("logbook", name) for name in ("Edition", "Term", "TermMapping"))
    rows = []
    for data in EDITIONS:
        edition = Edition.objects.create(code=data.code, name=data.name, source=data.source, starts_on=data.starts_on)
        rows.append(
            {
                (kind, item.code): Term.objects.create(
                    edition=edition,
                    kind=kind,
                    code=item.code,
                    bit=bit,
                    position=bit,
                    label=item.french,
                    label_en=item.english,
                )
                for kind, items in data.lists.items()
                for bit, item in enumerate(items)
            }
        )
    renamed = {(kind, old): (new, why) for kind, old, new, why in RENAMED}
    for older, newer in zip(rows, rows[1:]):
        for (kind, code), term in older.items():
            new, why = renamed.get((kind, code), (code, ""))
            if (kind, new) in newer:
                TermMapping.objects.create(old=term, new=newer[kind, new], note=why)


class Migration(migrations.Migration):
    dependencies = [("logbook", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
