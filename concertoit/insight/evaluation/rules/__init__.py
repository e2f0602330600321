"""Rules of evaluation, in pure Python."""
