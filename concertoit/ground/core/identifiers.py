"""Identifiers that come from outside: an address or a form says any number of digits, a table holds eighteen."""

_LONGEST = 18


def read_id(text: str | None) -> int | None:
    """The identifier written, or nothing for what cannot be one (letters, other scripts' digits, too many of them)."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > _LONGEST:
        return None
    return int(text)
