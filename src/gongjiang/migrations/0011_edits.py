import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gongjiang', '0010_links_letters_papers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('changes', models.JSONField(default=dict)),
                ('aside', models.JSONField(blank=True, default=dict)),
                ('source', models.CharField(blank=True, max_length=120, verbose_name='来源')),
                ('began_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='gongjiang.case')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'id'], name='edit_of_case')],
            },
        ),
    ]
