"""The words of templates: translated by the language of who reads, whatever was said before to somebody else."""

from django.utils import translation
from markupsafe import Markup

from concertoit.ground.ui.wording import say


def test_the_language_of_the_reader_decides_each_time() -> None:
    for language, word in (("fr-ca", "Annuler"), ("en", "Cancel"), ("fr-ca", "Annuler")):
        with translation.override(language):
            assert say("Annuler") == word


def test_values_are_escaped_and_sentences_are_not_escaped_again() -> None:
    with translation.override("fr-ca"):
        said = say("%(done)s sur %(total)s", done="<b>", total=2)
    assert said == Markup("&lt;b&gt; sur 2")
    assert isinstance(said, Markup)
    assert say("100 %% de x") == "100 % de x"
