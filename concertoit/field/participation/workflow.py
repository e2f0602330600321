"""The life of an election, and of a candidacy. Acts that change the state have their own services."""

PREPARING, OPEN, CLOSED, COUNTED = "preparing", "open", "closed", "counted"
ACCLAIMED, PROCLAIMED, ANNULLED = "acclaimed", "proclaimed", "annulled"

ELECTION: dict[str, tuple[str, ...]] = {
    PREPARING: (OPEN, ACCLAIMED, ANNULLED),
    OPEN: (CLOSED, ANNULLED),
    CLOSED: (COUNTED, ANNULLED),
    COUNTED: (PROCLAIMED, ANNULLED),
    ACCLAIMED: (PROCLAIMED, ANNULLED),
    PROCLAIMED: (),
    ANNULLED: (),
}

DECLARED, ACCEPTED, REFUSED, WITHDRAWN = "declared", "accepted", "refused", "withdrawn"
CANDIDACY: dict[str, tuple[str, ...]] = {
    DECLARED: (ACCEPTED, REFUSED, WITHDRAWN),
    ACCEPTED: (WITHDRAWN, REFUSED),
    REFUSED: (ACCEPTED,),
    WITHDRAWN: (),
}


def allowed(table: dict[str, tuple[str, ...]], state: str, to: str) -> bool:
    """Whether a state leads to another."""
    return to in table.get(state, ())
