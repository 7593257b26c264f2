import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gongjiang', '0013_large_and_like_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Channels',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail', models.CharField(choices=[('none', '不发'), ('reminder', '只发提醒'), ('all', '全部消息')], default='none', max_length=12, verbose_name='邮件')),
                ('phone', models.CharField(choices=[('none', '不发'), ('reminder', '只发提醒'), ('all', '全部消息')], default='reminder', max_length=12, verbose_name='短信、职工之家')),
                ('quiet_from', models.TimeField(blank=True, null=True, verbose_name='免打扰自')),
                ('quiet_until', models.TimeField(blank=True, null=True, verbose_name='免打扰至')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.CharField(max_length=24)),
                ('state', models.CharField(choices=[('waiting', '待发'), ('running', '正在发'), ('sent', '已发'), ('dead', '未发出')], default='waiting', max_length=8)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='最近一次结果')),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=60)),
                ('receiver', models.CharField(max_length=24)),
                ('last_day', models.DateField()),
                ('mark', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ReminderPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('marks', models.JSONField(default=list)),
                ('groups', models.JSONField(default=list)),
                ('active', models.BooleanField(default=True)),
                ('seen_on', models.DateField(blank=True, null=True)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=40, unique=True, verbose_name='名称')),
                ('url', models.CharField(max_length=400, verbose_name='地址')),
                ('secret', models.CharField(max_length=300)),
                ('wants', models.CharField(choices=[('none', '不发'), ('reminder', '只发提醒'), ('all', '全部消息')], default='reminder', max_length=12)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='headline',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('note', '消息'), ('reminder', '提醒')], default='note', max_length=12),
        ),
        migrations.AddField(
            model_name='message',
            name='spread',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('spread', False)), fields=['id'], name='message_to_spread'),
        ),
        migrations.AddField(
            model_name='channels',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delivery',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='gongjiang.message'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reminder',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='gongjiang.edition'),
        ),
        migrations.AddField(
            model_name='reminderplan',
            name='edition',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='gongjiang.edition'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['state', 'due_at', 'id'], name='delivery_queue'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('message', 'user', 'target'), name='delivered_once'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('edition', 'about', 'receiver', 'last_day', 'mark'), name='reminded_once_a_mark'),
        ),
    ]
