"""Writes of the ballot box: preparing and closing it, its register, and the ballots that come in."""
