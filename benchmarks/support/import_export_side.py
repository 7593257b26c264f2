"""The other side of benchmarks/workbook.py, in the environment of requirements/bench.txt: django-import-export.

    python import_export_side.py WORKBOOK DATABASE

The same workbook into a table of its 32 columns: read by its own XLSX format, every row through the model's fields,
choices, limits and a check of the identity number, in bulk mode (skip_diff, batches of 1,000). Once for validation
only (dry run without a transaction, so that nothing is written), once with saving. A line of JSON ends it: seconds of
both, and how many rows were refused.
"""

import json
import sys
import time
from datetime import date
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import connection, models

COLUMNS: dict[str, int] = {
    "序号": 10, "姓名": 60, "性别": 4, "出生年月": 20, "民族": 20, "学历": 20, "政治面貌": 20, "身份证号": 18,
    "工作单位": 100, "职务": 100, "行业": 40, "工种": 60, "职称": 60, "技术等级": 20, "何时参加工作": 20,
    "生产现场工作年限": 10, "单位性质": 20, "人员结构": 20, "是否农民工": 4, "主要荣誉": 500,
    "技术技能（工匠）奖项": 500, "同行高级专家 1 姓名单位职务": 200, "同行高级专家 2 姓名单位职务": 200,
    "同行高级专家 3 姓名单位职务": 200, "推荐理由": 300, "一句话推荐理由": 30, "单位地址": 200, "邮编": 6,
    "推荐对象联系电话": 20, "推荐单位": 60, "推荐单位联系人": 60, "联系人电话": 20,
}  # fmt: skip
WEIGHTS, DIGITS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def identity(value: str) -> None:
    """The check digit and the day of birth."""
    try:
        date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
        fits = DIGITS[sum(int(one) * weight for one, weight in zip(value, WEIGHTS, strict=False)) % 11] == value[17]
    except (ValueError, IndexError):
        fits = False
    if not fits:
        raise ValidationError("身份证号校验不通过。")


def month(value: str) -> None:
    """1980.6 and the like."""
    year, _, rest = value.partition(".")
    if not (year.isdigit() and rest.isdigit() and 1900 <= int(year) <= 2100 and 1 <= int(rest) <= 12):
        raise ValidationError("年月看不懂。")


def main(workbook: Path, database: Path) -> None:
    """Both runs."""
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "import_export"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}},
        USE_TZ=True,
    )
    django.setup()
    from import_export import resources  # noqa: PLC0415  Django has to be set up first
    from import_export.fields import Field  # noqa: PLC0415
    from import_export.formats.base_formats import XLSX  # noqa: PLC0415

    phone = RegexValidator(r"^1\d{10}$|^0\d{2,3}-\d{7,8}$")
    checks = {"身份证号": [identity], "出生年月": [month], "何时参加工作": [month]}
    checks |= {"推荐对象联系电话": [phone], "联系人电话": [phone], "邮编": [RegexValidator(r"^\d{6}$")]}
    choices = {"性别": [("男", "男"), ("女", "女")], "是否农民工": [("是", "是"), ("否", "否")]}
    names = {heading: f"c{n}" for n, heading in enumerate(COLUMNS)}
    columns = {
        names[heading]: models.CharField(
            max_length=limit,
            blank=heading not in {"姓名", "身份证号"},
            validators=checks.get(heading, []),
            choices=choices.get(heading),
        )
        for heading, limit in COLUMNS.items()
    }
    meta = type("Meta", (), {"app_label": "bench"})
    nominee = type("Nominee", (models.Model,), {**columns, "__module__": __name__, "Meta": meta})
    with connection.schema_editor() as editor:
        editor.create_model(nominee)
    options = {
        "model": nominee, "use_bulk": True, "batch_size": 1000, "skip_diff": True, "skip_html_diff": True,
        "report_skipped": False, "clean_model_instances": True, "import_id_fields": (), "force_init_instance": True,
        "fields": tuple(columns), "use_transactions": None,
    }  # fmt: skip
    fields = {name: Field(attribute=name, column_name=heading) for heading, name in names.items()}
    resource = type("NomineeResource", (resources.ModelResource,), {**fields, "Meta": type("Meta", (), options)})
    start = time.perf_counter()
    data = XLSX().create_dataset(workbook.read_bytes())
    read = time.perf_counter() - start
    found = {}
    for name, how in (
        ("validate", {"dry_run": True, "use_transactions": False}),
        ("save", {"dry_run": False, "use_transactions": True}),
    ):
        start = time.perf_counter()
        result = resource().import_data(data, raise_errors=False, **how)
        found[name] = read + time.perf_counter() - start
    refused = len(result.invalid_rows) + len(result.row_errors())
    print(json.dumps({"read": read, **found, "refused": refused, "rows": len(data), "saved": nominee.objects.count()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
