"""The form of the register of incidents."""

from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.privacy.models import Incident

if TYPE_CHECKING:
    IncidentModelForm = forms.ModelForm[Incident]
else:
    IncidentModelForm = forms.ModelForm

# What every note about a case, a meeting or an intervention asks of who writes it.
NO_NAME = gettext_lazy("Sans nom ni détail qui ferait reconnaître quelqu’un.")


class IncidentForm(IncidentModelForm):
    """The eight elements."""

    class Meta:
        model = Incident
        fields = [
            "data_concerned", "circumstances", "happened", "known_on", "people_count", "serious_risk", "assessment",
            "commission_notified_on", "people_notified_on", "public_notice", "measures",
        ]  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3

    def clean_known_on(self) -> object:
        day = self.cleaned_data["known_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette date n’est pas encore arrivée."))
        return day
