"""Names that are safe on any disk and say what they look like they say."""

import re
import unicodedata

LONGEST = 120
# Control, format (also those that reverse the reading direction), surrogate and private characters.
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")


def clean_name(name: str) -> str:
    """The name without folders, invisible characters or signs that a system forbids; its extension is kept."""
    base = re.sub(r"\s+", " ", re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1])
    seen = "".join(char for char in base if unicodedata.category(char) not in _INVISIBLE)
    safe = re.sub(r" +", " ", re.sub(r'[<>:"|?*]', "-", seen)).strip(" .")
    stem, dot, extension = safe.rpartition(".")
    if not dot or not stem:
        return (safe or "fichier")[:LONGEST]
    return f"{stem[: LONGEST - len(extension) - 1].rstrip(' .')}.{extension.lower()}"
