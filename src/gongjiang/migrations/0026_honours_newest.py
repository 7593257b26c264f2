from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gongjiang', '0025_inquiries'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='honour',
            index=models.Index(fields=['-from_date', '-id'], name='honour_newest'),
        ),
    ]
