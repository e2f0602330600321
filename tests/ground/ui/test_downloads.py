"""Files that people download."""

from concertoit.ground.core.media import CSV, JSON
from concertoit.ground.ui.downloads import attachment, streamed_attachment


def test_a_file_is_kept_under_its_name() -> None:
    answer = attachment("{}", JSON, "dossier-12.json")
    assert (answer.content, answer["Content-Type"]) == (b"{}", JSON)
    assert answer["Content-Disposition"] == 'attachment; filename="dossier-12.json"'


def test_a_long_file_is_sent_while_it_is_written() -> None:
    answer = streamed_attachment((line for line in ("a\n", "b\n")), CSV, "lignes.csv")
    assert (b"".join(answer), answer["Content-Type"]) == (b"a\nb\n", CSV)
    assert answer["Content-Disposition"] == 'attachment; filename="lignes.csv"'
