from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "concertoit.together.meetings"
    label = "meetings"

    def ready(self) -> None:
        from concertoit.together.meetings import notifications, policies
        from concertoit.together.meetings.services import indexing

        policies.declare()
        notifications.declare()
        indexing.declare()
        self._shell()
        self._journal()
        self._panels()

    def _shell(self) -> None:
        """The entry of the rail, and what « Ma table » shows of meetings."""
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.ui import desk
        from concertoit.ground.ui.navigation import NavItem, register
        from concertoit.together.meetings.models import Meeting, NewsReceived, Welcome
        from concertoit.together.meetings.views.desk import brought
        from concertoit.together.meetings.views.desk_around import news_brought, welcome_brought

        register(
            NavItem("meetings", _("Rencontres"), "calendar3", "meetings:overview", "together", "meetings.view", 40)
        )
        desk.register(brought, when=[Meeting])
        desk.register(news_brought, when=[NewsReceived, Welcome])
        desk.register(welcome_brought, when=[Meeting])

    def _journal(self) -> None:
        """Sentences and history of what happens to meetings."""
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.audit import policies as audit
        from concertoit.ground.audit import verbs as sentences
        from concertoit.together.meetings import verbs
        from concertoit.together.meetings.queries import histories

        sentences.register(verbs.SENTENCES)
        audit.register_object(
            "meetings.meeting",
            label=_("rencontre"),
            url=histories.meeting_url,
            can_view=histories.can_view,
            fields=verbs.FIELDS,
        )
        audit.register_object(
            "meetings.series",
            label=_("série de rencontres"),
            url=histories.series_url,
            can_view=histories.can_view,
            fields=verbs.FIELDS,
        )
        audit.register_object(
            "meetings.news",
            label=_("nouvelle"),
            url=histories.news_url,
            can_view=histories.can_view,
            fields=verbs.FIELDS,
        )
        audit.register_object(
            "meetings.welcome",
            label=_("accueil d’un partenaire"),
            url=histories.welcome_url,
            can_view=histories.can_view,
            fields=verbs.FIELDS,
        )

    def _panels(self) -> None:
        """What meetings bring to the page of an element of the plan, and to personal calendars."""
        from concertoit.ground.ui import panels as slots
        from concertoit.together.meetings.exports.feed import events_of
        from concertoit.together.meetings.views import committees, panels
        from concertoit.together.plans.queries.calendar import register_events

        slots.register("plans.item", panels.plan_item)
        slots.register("spaces.body", panels.table)
        slots.register("spaces.committee", panels.table)
        slots.register("spaces.committee", committees.committee_panel)
        slots.register("meetings.side", committees.side_links)
        register_events(events_of)
