"""Who may do what. Everybody in the démarche reads associations, assemblies, the committee and results; the coordination
(the office) writes. The electoral list and complaints are read by the coordination only. Scrutineers and voters come by
a personal link, without an account.

Associations, partners and workers write representations; the office answers. Mediation is worked on by the coordination
and the field team, who read where a request stands and never what was agreed: that is read by those who mediated, by
their own link or account (``queries.mediation_private``)."""

from concertoit.ground.spaces.policies import COORDINATION, EVERYBODY, FIELD_TEAM, TABLE, grant


def declare() -> None:
    """Give the verbs of participation to roles; called when the room is wired."""
    grant("participation.view", EVERYBODY)
    grant("participation.manage", COORDINATION)
    grant("participation.represent", TABLE | FIELD_TEAM)
    grant("mediation.work", COORDINATION | FIELD_TEAM)
    grant("mediation.manage", COORDINATION)
