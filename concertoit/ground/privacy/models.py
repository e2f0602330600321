"""Proof of what was agreed, of what was destroyed, and of what went wrong. No foreign key leaves these tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertoit.ground.core.models import TimeStamped
from concertoit.ground.privacy.enums import Gone, Means


class PrivacyConsent(TimeStamped):
    """A person agreed to a purpose, having read a version of a text; they may withdraw."""

    person_id = models.BigIntegerField(_("personne"))
    space_id = models.BigIntegerField(null=True)
    purpose = models.CharField(pgettext_lazy("but", "fin"), max_length=60)
    text_version = models.CharField(_("version du texte lu"), max_length=60)
    means = models.CharField(_("donné par"), max_length=10, choices=Means.choices)
    given_at = models.DateTimeField(_("donné le"))
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "-id"]
        verbose_name = _("consentement")
        indexes = [models.Index(fields=["person_id", "purpose"], name="privacy_consent_person")]

    def __str__(self) -> str:
        return f"#{self.person_id} {self.purpose}"


class RetentionRun(models.Model):
    """One pass over what has been kept long enough."""

    at = models.DateTimeField(_("date"))
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("passage de conservation")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class DestructionLog(models.Model):
    """What a pass destroyed or made anonymous: which objects, never what they held."""

    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="destructions")
    remover = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    gone = models.CharField(max_length=10, choices=Gone.choices)
    object_ids = models.JSONField(default=list)

    class Meta:
        ordering = ["run_id", "remover", "id"]
        verbose_name = _("destruction")

    def __str__(self) -> str:
        return f"{self.remover} ({len(self.object_ids)})"


class Incident(TimeStamped):
    """A confidentiality incident, with the eight elements of the register.

    Règlement sur les incidents de confidentialité (RLRQ, c. A-2.1, r. 3.1), art. 7; kept at least five years from the day
    it became known (art. 8).
    """

    # Who declared it, in which démarche; nothing for what the administration wrote itself.
    space_id = models.BigIntegerField(null=True, editable=False)
    declared_by_id = models.BigIntegerField(null=True, editable=False)
    data_concerned = models.TextField(
        _("1. Renseignements personnels visés"),
        help_text=_("Ou la raison pour laquelle on ne peut pas les décrire."),
    )
    circumstances = models.TextField(_("2. Circonstances, brièvement"))
    happened = models.CharField(
        _("3. Date ou période de l’incident"), max_length=200, help_text=_("Approximative si elle n’est pas connue.")
    )
    known_on = models.DateField(_("4. Date où l’organisation en a pris connaissance"))
    people_count = models.CharField(
        _("5. Nombre de personnes concernées"), max_length=120, help_text=_("Approximatif s’il n’est pas connu.")
    )
    serious_risk = models.BooleanField(_("6. Risque qu’un préjudice sérieux soit causé"), default=False)
    assessment = models.TextField(
        _("6. Ce qui mène à cette conclusion"),
        help_text=_(
            "Sensibilité des renseignements, utilisations malveillantes possibles, conséquences, probabilité."
        ),
    )
    commission_notified_on = models.DateField(
        _("7. Avis à la Commission d’accès à l’information, le"), null=True, blank=True
    )
    people_notified_on = models.DateField(_("7. Avis aux personnes concernées, le"), null=True, blank=True)
    public_notice = models.TextField(_("7. Avis publics donnés, et pourquoi"), blank=True)
    measures = models.TextField(_("8. Mesures prises pour diminuer les risques"))

    class Meta:
        ordering = ["-known_on", "-id"]
        verbose_name = _("incident de confidentialité")

    def __str__(self) -> str:
        return f"{self.known_on:%Y-%m-%d}"
