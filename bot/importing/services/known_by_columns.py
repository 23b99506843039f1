"""Services that need no rules of their own, known by their columns so that a person reads which service wrote the file."""

from bot.importing.cells.keys import keys
from bot.importing.files.header import Header

_KNOWN = {
    "AskNicely": keys("lastemailed|question_type|delivery_method|responded"),
    "Retently": keys("score type|date created|campaign|channel"),
    "Promoter.io": keys("nps score|nps type|posted date"),
    "HubSpot": keys("survey submission date|sentiment|response"),
    "PostHog": keys("properties.$survey_id|properties.$survey_response|distinct_id"),
    "Simplesat": keys("sentiment|answer|team member|ticket id"),
    "Nicereply": keys("agent|ticket|score|survey"),
    "Survicate": keys("response uuid|respondent uuid"),
    "Zoho Survey": keys("response status|collector name|time taken"),
    "QuestionPro": keys("time taken to complete (seconds)|response id"),
    "Alchemer": keys("time started|date submitted|legacy comments"),
    "Microsoft Forms": keys("start time|completion time|last modified time"),
    "Tally": keys("submission id|respondent id|submitted at"),
    "Hotjar": keys("number|user|date submitted|source url"),
}


def service_name(header: Header) -> str | None:
    """Give the name of the service that has all its marks in the header."""
    return next((name for name, marks in _KNOWN.items() if marks <= header.keys), None)
