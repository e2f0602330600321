"""Text that goes into a spreadsheet."""

# A cell that a spreadsheet would take for a formula (OWASP, "CSV injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_text(value: str) -> str:
    """The text as it is; with an apostrophe before what a spreadsheet would run."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
