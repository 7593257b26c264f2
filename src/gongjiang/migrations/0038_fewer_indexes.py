"""Keys whose table has an index that begins with them lose the one of their own."""

from django.db import migrations

from gongjiang.models.schema import DropIndexes


class Migration(migrations.Migration):
    dependencies = [
        ("gongjiang", "0037_whole"),
    ]

    operations = [
        DropIndexes(
            keys=[
                ("case", "nominator"),
                ("caseparty", "case"),
                ("edit", "case"),
                ("revision", "case"),
                ("stagerow", "case"),
                ("stagerow", "process"),
            ]
        ),
    ]
