"""Who may read the history of a meeting or of a series, and where its page is."""

from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.queries.histories import page_of_row, read_with
from concertoit.together.meetings.models import Meeting, News, Series

can_view = read_with("journal.view")
meeting_url = page_of_row(Meeting, "meetings:meeting", meeting_id="pk")
series_url = page_of_row(Series, "meetings:series", series_id="pk")
news_url = page_of_row(News, "meetings:news")
welcome_url = page_of_row(Membership, "meetings:welcome_one", membership_id="pk")
