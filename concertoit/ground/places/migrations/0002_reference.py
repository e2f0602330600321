"""Regions and MRC are there from the start, without any file."""

from django.db import migrations

from concertoit.ground.places.enums import MRCS, REGIONS


def load(apps, schema_editor):
    region_model, mrc_model = apps.get_model("places", "Region"), apps.get_model("places", "Mrc")
    regions = {}
    for code, name in REGIONS:
        regions[code], _ = region_model.objects.update_or_create(code=code, defaults={"name": name})
    for code, name, region in MRCS:
        mrc_model.objects.update_or_create(code=code, defaults={"name": name, "region": regions[region]})


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
