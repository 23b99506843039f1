"""For how long a survey keeps what people say, in its form."""

from slackblocks import Block

from bot.answers.views.kept_for import time_span
from bot.ids import Field
from bot.surveys.views.form_fields import labelled, menu
from bot.wording import Words

FOR_GOOD = "0"
OFFERED = (90, 180, 365, 730)
"""Days."""


def asked(keep_days: int | None, words: Words) -> Block:
    """Make the input; a time that only the command line takes stands there too where it is the survey's."""
    offered = sorted({*OFFERED, *([keep_days] if keep_days else [])})
    labels = {FOR_GOOD: words("For good")} | {str(days): time_span(days, words) for days in offered}
    return labelled(
        Field.KEEP,
        words("How long are answers, comments and names kept?"),
        menu(Field.KEEP, labels, str(keep_days or FOR_GOOD)),
        hint=words("Counted from the end of each wave; its result stays. People read it under the question."),
    )
