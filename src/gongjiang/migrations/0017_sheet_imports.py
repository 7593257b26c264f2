import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gongjiang', '0016_sittings'),
    ]

    operations = [
        migrations.CreateModel(
            name='SheetImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=160)),
                ('digest', models.CharField(max_length=64, verbose_name='文件指纹')),
                ('size', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('preview', '待确认'), ('taken', '已导入'), ('dropped', '已放弃')], default='preview', max_length=8)),
                ('counts', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='gongjiang.edition')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gongjiang.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['edition', 'unit', '-id'], name='sheet_imports_of_unit')],
            },
        ),
    ]
