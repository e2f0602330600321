import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('spaces', '0003_capacities'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('kind', models.CharField(choices=[('training', 'Formation'), ('visit', 'Visite'), ('gathering', 'Rassemblement'), ('welcome', 'Rencontre d’accueil'), ('conference', 'Conférence'), ('other', 'Autre activité')], default='training', max_length=15, verbose_name='type')),
                ('title', models.CharField(max_length=200, verbose_name='titre')),
                ('description', models.TextField(blank=True, verbose_name='présentation')),
                ('audience', models.CharField(blank=True, max_length=200, verbose_name='pour qui')),
                ('leader', models.CharField(blank=True, max_length=200, verbose_name='animation')),
                ('state', models.CharField(choices=[('draft', 'En préparation'), ('announced', 'Annoncée'), ('done', 'Terminée')], default='draft', max_length=10, verbose_name='état')),
                ('open_to_all', models.BooleanField(default=False, verbose_name='inscription ouverte à toute personne qui a l’adresse')),
                ('gives_certificate', models.BooleanField(default=False, verbose_name='attestation de présence')),
                ('synthesis', models.TextField(blank=True, verbose_name='synthèse')),
                ('synthesis_on', models.DateField(blank=True, null=True, verbose_name='synthèse diffusée le')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
            ],
            options={
                'verbose_name': 'activité',
                'ordering': ['space_id', '-created_at', '-id'],
                'indexes': [models.Index(fields=['space', 'state'], name='events_event_state')],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=200, verbose_name='besoin')),
                ('detail', models.TextField(blank=True, verbose_name='précision')),
                ('said_by', models.CharField(blank=True, max_length=200, verbose_name='exprimé par')),
                ('state', models.CharField(choices=[('open', 'Exprimé'), ('planned', 'Au programme'), ('answered', 'Répondu'), ('set_aside', 'Mis de côté')], default='open', max_length=10, verbose_name='état')),
                ('state_note', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='needs', to='events.event', verbose_name='activité')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
            ],
            options={
                'verbose_name': 'besoin',
                'ordering': ['space_id', 'title', 'id'],
                'indexes': [models.Index(fields=['space', 'state'], name='events_need_state')],
            },
        ),
        migrations.CreateModel(
            name='NeedSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.membership')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='events.need')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
            ],
            options={
                'verbose_name': 'appui à un besoin',
                'ordering': ['need_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('need', 'membership'), name='events_need_once')],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('intro', models.TextField(blank=True, verbose_name='présentation')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='début')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='fin')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
            ],
            options={
                'verbose_name': 'programmation',
                'ordering': ['space_id', '-starts_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='events_programme_dates', violation_error_message='La fin doit suivre le début.')],
            },
        ),
        migrations.AddField(
            model_name='event',
            name='programme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='events.programme', verbose_name='programmation'),
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('code', models.CharField(editable=False, max_length=8, unique=True)),
                ('starts_at', models.DateTimeField(verbose_name='début')),
                ('minutes', models.PositiveSmallIntegerField(default=120, verbose_name='durée (minutes)')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='lieu')),
                ('video_link', models.URLField(blank=True, verbose_name='lien vidéo')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='dernier jour pour s’inscrire')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='annulée le')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('reminded_on', models.DateField(blank=True, editable=False, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='events.event')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
            ],
            options={
                'verbose_name': 'séance',
                'ordering': ['starts_at', 'id'],
                'indexes': [models.Index(fields=['space', 'starts_at'], name='events_session_start')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='events_session_minutes', violation_error_message='Une séance dure au moins une minute.')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='nom')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='courriel')),
                ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organisme')),
                ('needs', models.CharField(blank=True, max_length=300, verbose_name='besoins pour participer')),
                ('seat', models.CharField(choices=[('registered', 'Inscrite'), ('waiting', 'En liste d’attente'), ('cancelled', 'Désistement')], default='registered', max_length=12, verbose_name='inscription')),
                ('token_digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('present', models.BooleanField(blank=True, null=True, verbose_name='présence')),
                ('checked_by', models.CharField(blank=True, choices=[('code', 'par code'), ('hand', 'à la main')], max_length=6)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='spaces.membership')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='events.session')),
            ],
            options={
                'verbose_name': 'inscription',
                'ordering': ['session_id', 'created_at', 'id'],
                'indexes': [models.Index(fields=['session', 'seat'], name='events_registration_seat')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('session', 'email'), name='events_registration_email', violation_error_message='Cette personne est déjà inscrite.')],
            },
        ),
    ]
