import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gongjiang', '0023_postings'),
    ]

    operations = [
        migrations.AddField(
            model_name='draw',
            name='told',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='expert',
            name='declined_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='谢绝邀请'),
        ),
        migrations.AddField(
            model_name='expert',
            name='declined_why',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.CreateModel(
            name='ExpertProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('employer', models.CharField(blank=True, max_length=120, verbose_name='工作单位')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='职务、职称')),
                ('trades', models.JSONField(default=list, verbose_name='工种、专业')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='专长和业绩')),
                ('active', models.BooleanField(default=True, verbose_name='在库')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='expert_profile', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PanelCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(max_length=40)),
                ('seen', models.BigIntegerField(default=0)),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panel_checks', to='gongjiang.process')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('process', 'stage'), name='panel_check_once')],
            },
        ),
    ]
