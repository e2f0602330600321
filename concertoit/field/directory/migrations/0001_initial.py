import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('identity', '0001_initial'),
        ('identity', '__first__'),
        ('spaces', '0004_field'),
    ]

    operations = [
        migrations.CreateModel(
            name='Taxonomy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(blank=True, max_length=40, verbose_name='code')),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'liste de termes',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('alternate_name', models.CharField(blank=True, max_length=200, verbose_name='autre nom')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('description_en', models.TextField(blank=True, verbose_name='description en anglais')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='courriel')),
                ('website', models.CharField(blank=True, max_length=500, verbose_name='site Web')),
                ('extra', models.JSONField(blank=True, default=dict, verbose_name='autres renseignements')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.organisation', verbose_name='organisme')),
            ],
            options={
                'verbose_name': 'organisme du répertoire',
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='nom en anglais')),
                ('alternate_name', models.CharField(blank=True, max_length=200, verbose_name='autre nom')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('description_en', models.TextField(blank=True, verbose_name='description en anglais')),
                ('url', models.CharField(blank=True, max_length=500, verbose_name='page Web')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='courriel')),
                ('status', models.CharField(choices=[('active', 'Offert'), ('inactive', 'Suspendu'), ('temporarily closed', 'Fermé temporairement'), ('defunct', 'Retiré')], default='active', max_length=20, verbose_name='état')),
                ('application_process', models.TextField(blank=True, verbose_name='comment le demander')),
                ('application_process_en', models.TextField(blank=True, verbose_name='comment le demander, en anglais')),
                ('eligibility_description', models.TextField(blank=True, verbose_name='à qui il s’adresse')),
                ('eligibility_description_en', models.TextField(blank=True, verbose_name='à qui il s’adresse, en anglais')),
                ('minimum_age', models.FloatField(blank=True, null=True, verbose_name='à partir de (ans)')),
                ('maximum_age', models.FloatField(blank=True, null=True, verbose_name='jusqu’à (ans)')),
                ('fees_description', models.TextField(blank=True, verbose_name='coût')),
                ('wait_time', models.CharField(blank=True, max_length=200, verbose_name='attente')),
                ('alert', models.TextField(blank=True, verbose_name='avis temporaire')),
                ('alert_en', models.TextField(blank=True, verbose_name='avis temporaire en anglais')),
                ('open_on_holidays', models.BooleanField(default=False, verbose_name='ouvert les jours fériés')),
                ('extra', models.JSONField(blank=True, default=dict, verbose_name='autres renseignements')),
                ('is_public', models.BooleanField(default=True, help_text='La fiche est offerte à tout le monde par l’interface ouverte (HSDS).', verbose_name='public')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='confirmé par l’organisme le')),
                ('confirmed_by', models.CharField(blank=True, max_length=160, verbose_name='confirmé par')),
                ('assurer_email', models.EmailField(blank=True, max_length=254, verbose_name='courriel de qui confirme')),
                ('changed_on', models.DateField(blank=True, null=True, verbose_name='modifié le')),
                ('retired_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                ('folded', models.TextField(blank=True, editable=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.organisation', verbose_name='organisme')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='directory.provider')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service', verbose_name='remplacé par')),
            ],
            options={
                'verbose_name': 'service',
                'ordering': ['name', 'id'],
                'indexes': [models.Index(fields=['organisation', 'name'], name='directory_service_org'), models.Index(fields=['is_public', 'retired_at'], name='directory_service_public')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('kind', models.CharField(max_length=30, verbose_name='table')),
                ('uid', models.UUIDField(default=uuid.uuid4)),
                ('data', models.JSONField(default=dict)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='directory.provider')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='directory.service')),
            ],
            options={
                'verbose_name': 'renseignement d’une fiche',
                'ordering': ['kind', 'id'],
                'indexes': [models.Index(fields=['service', 'kind'], name='directory_part_service')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'uid'), name='directory_part_once', violation_error_message='Ce renseignement existe déjà.')],
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='directory.service')),
            ],
            options={
                'verbose_name': 'service montré',
                'ordering': ['space_id', 'service_id'],
                'constraints': [models.UniqueConstraint(fields=('space', 'service'), name='directory_listing_once', violation_error_message='Ce service est déjà au répertoire.')],
            },
        ),
        migrations.CreateModel(
            name='ConfirmationAsk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('email', models.EmailField(max_length=254, verbose_name='courriel')),
                ('token_digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('expires_at', models.DateTimeField(verbose_name='lien valide jusqu’au')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondu le')),
                ('answer', models.CharField(blank=True, choices=[('right', 'Tout est exact'), ('changed', 'Quelque chose a changé'), ('ended', 'Ce service n’existe plus')], max_length=10, verbose_name='réponse')),
                ('words', models.TextField(blank=True, verbose_name='ce qui a changé')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='traité le')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asks', to='directory.service')),
            ],
            options={
                'verbose_name': 'demande de confirmation',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(fields=['space', 'answered_at'], name='directory_ask_answered')],
            },
        ),
        migrations.CreateModel(
            name='TaxonomyTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(blank=True, max_length=120, verbose_name='code')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='nom en anglais')),
                ('data', models.JSONField(default=dict)),
                ('taxonomy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='directory.taxonomy')),
            ],
            options={
                'verbose_name': 'terme',
                'ordering': ['taxonomy_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Attribute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('data', models.JSONField(default=dict)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attributes', to='directory.provider')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attributes', to='directory.service')),
                ('term', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.taxonomyterm')),
            ],
            options={
                'verbose_name': 'terme attribué',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='DirectoryImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=200, verbose_name='fichier')),
                ('state', models.CharField(choices=[('read', 'À vérifier'), ('confirmed', 'Confirmé'), ('discarded', 'Abandonné')], default='read', max_length=10, verbose_name='état')),
                ('bundle', models.JSONField(default=dict)),
                ('problems', models.JSONField(default=list)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmé le')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
            ],
            options={
                'verbose_name': 'import du répertoire',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(fields=['space', 'state'], name='directory_import_state')],
            },
        ),
    ]
