import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('identity', '0001_initial'),
        ('spaces', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('one', 'Un choix'), ('many', 'Plusieurs choix'), ('scale', 'Une échelle, de la première à la dernière ligne'), ('number', 'Un nombre'), ('text', 'Un texte')], default='one', max_length=10, verbose_name='on répond par')),
                ('text', models.CharField(max_length=400, verbose_name='question')),
                ('help', models.CharField(blank=True, max_length=300, verbose_name='précision')),
                ('required', models.BooleanField(default=False, verbose_name='réponse nécessaire')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
            ],
            options={
                'verbose_name': 'question',
                'ordering': ['survey_id', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('label', models.CharField(max_length=200, verbose_name='réponse')),
                ('is_right', models.BooleanField(default=False)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='surveys.question')),
            ],
            options={
                'verbose_name': 'choix de réponse',
                'ordering': ['question_id', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('intro', models.TextField(blank=True, verbose_name='mot d’introduction')),
                ('identity', models.CharField(choices=[('nobody', 'Sans nom : rien ne dit qui a répondu quoi'), ('person', 'Au nom de chaque personne'), ('organisation', 'Au nom de chaque organisme : une réponse par organisme')], default='nobody', max_length=15, verbose_name='les réponses')),
                ('audience', models.CharField(choices=[('coordination', 'La coordination et le coco'), ('everybody', 'Tout le monde dans la démarche')], default='coordination', max_length=15, verbose_name='qui lit les résultats')),
                ('state', models.CharField(choices=[('draft', 'En préparation'), ('open', 'Ouvert'), ('closed', 'Fermé')], default='draft', max_length=10, verbose_name='état')),
                ('open_address', models.BooleanField(default=False, help_text='Toute personne qui a l’adresse répond, sans compte : pour un code affiché dans une salle.', verbose_name='adresse ouverte')),
                ('code', models.CharField(editable=False, max_length=12, unique=True)),
                ('opened_on', models.DateField(blank=True, null=True, verbose_name='ouvert le')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='dernier jour pour répondre')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='fermé le')),
                ('subject_type', models.CharField(blank=True, max_length=40)),
                ('subject_id', models.BigIntegerField(blank=True, null=True)),
                ('pair', models.UUIDField(blank=True, editable=False, null=True)),
                ('moment', models.CharField(blank=True, choices=[('', 'Un seul sondage'), ('before', 'Avant'), ('after', 'Après')], max_length=10)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
            ],
            options={
                'verbose_name': 'sondage',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(fields=['space', 'state'], name='surveys_survey_state'), models.Index(fields=['subject_type', 'subject_id'], name='surveys_survey_subject')],
                'constraints': [models.UniqueConstraint(fields=('pair', 'moment'), name='surveys_pair_moment', violation_error_message='Il y a déjà un sondage pour ce moment.')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sent_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('received_on', models.DateField(verbose_name='reçue le')),
                ('source', models.CharField(choices=[('account', 'avec un compte'), ('link', 'par lien personnel'), ('open', 'par l’adresse ouverte'), ('paper', 'sur papier')], max_length=10, verbose_name='reçue')),
                ('signed', models.CharField(blank=True, max_length=200, verbose_name='signée')),
                ('pair_key', models.CharField(blank=True, editable=False, max_length=64)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='identity.organisation', verbose_name='organisme')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='identity.person', verbose_name='personne')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='surveys.survey')),
            ],
            options={
                'verbose_name': 'réponse',
                'ordering': ['survey_id', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('survey', 'person'), name='surveys_one_by_person'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', False), ('person__isnull', True)), fields=('survey', 'organisation'), name='surveys_one_by_organisation'), models.UniqueConstraint(condition=models.Q(('pair_key', ''), _negated=True), fields=('survey', 'pair_key'), name='surveys_one_by_pair_key')],
            },
        ),
        migrations.AddField(
            model_name='question',
            name='survey',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='surveys.survey'),
        ),
        migrations.CreateModel(
            name='Invitee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='nom')),
                ('email', models.EmailField(max_length=254, verbose_name='courriel')),
                ('token_digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('answered', models.BooleanField(default=False, verbose_name='a répondu')),
                ('reminders', models.PositiveSmallIntegerField(default=0, verbose_name='rappels')),
                ('last_sent_on', models.DateField(blank=True, null=True, verbose_name='dernier envoi')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.membership')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitees', to='surveys.survey')),
            ],
            options={
                'verbose_name': 'personne invitée à répondre',
                'ordering': ['survey_id', 'email', 'id'],
                'constraints': [models.UniqueConstraint(fields=('survey', 'email'), name='surveys_invitee_email', violation_error_message='Cette personne est déjà invitée.')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('text', models.TextField(blank=True)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
                ('option', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.option')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.question')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='surveys.response')),
            ],
            options={
                'verbose_name': 'réponse à une question',
                'ordering': ['response_id', 'question_id', 'id'],
                'indexes': [models.Index(fields=['question', 'option'], name='surveys_answer_option')],
            },
        ),
    ]
