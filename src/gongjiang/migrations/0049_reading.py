from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gongjiang', '0048_quota_cuts'),
    ]

    operations = [
        migrations.AddField(
            model_name='file',
            name='read_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='file',
            name='readings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='file',
            name='recognised',
            field=models.CharField(choices=[('waiting', '等候'), ('running', '正在识别'), ('done', '已识别'), ('failed', '不能识别'), ('card', '疑为身份证')], default='waiting', max_length=8, verbose_name='识别'),
        ),
        migrations.AddIndex(
            model_name='file',
            index=models.Index(condition=models.Q(('recognised__in', ['waiting', 'running'])), fields=['id'], name='file_to_read'),
        ),
    ]
