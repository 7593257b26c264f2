"""Keys that nothing is looked up by lose their index; of cases only those about an honour stand in theirs."""

from django.db import migrations, models

from gongjiang.models.schema import DropIndexes


class Migration(migrations.Migration):
    dependencies = [
        ("gongjiang", "0041_plans_by_state"),
    ]

    operations = [
        DropIndexes(
            keys=[
                ("case", "over"),
                ("edit", "by"),
                ("revision", "by"),
                ("sheetimport", "by"),
                ("stagerow", "moved_by"),
            ]
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(over__isnull=False), fields=["over"], name="case_over_honour"),
        ),
    ]
