from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gongjiang', '0020_objections_register'),
    ]

    operations = [
        migrations.AddField(
            model_name='namingdocument',
            name='addressee',
            field=models.CharField(blank=True, max_length=200, verbose_name='主送'),
        ),
        migrations.AddField(
            model_name='namingdocument',
            name='body',
            field=models.TextField(blank=True, verbose_name='正文各段，每段一行'),
        ),
    ]
