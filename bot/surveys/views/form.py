"""The form of `/nps new` and `/nps edit`, a step at a time: what is asked; who, and when; what happens with the answers."""

from collections.abc import Mapping
from enum import StrEnum

from slackblocks import ActionsBlock, Block, Button, ContextBlock, ModalView, SectionBlock

from bot.ids import Action, Callback, Field
from bot.mark import mark
from bot.message import Json, mrkdwn, view
from bot.surveys.rules.steps import Step
from bot.surveys.views import what_happens, what_is_asked, who_and_when
from bot.surveys.views.form_facts import FormFacts
from bot.wording import Words
from storage.question import QUESTION_LENGTH
from storage.words import MOST_DRIVERS, MOST_WAVE_DAYS, MOST_WEEKS, NAME_LENGTH, Kind, Rhythm

STEPS = {
    Step.WHAT: (mark("What is asked"), what_is_asked.blocks),
    Step.WHO: (mark("Who, and when"), who_and_when.blocks),
    Step.NEWS: (mark("What happens with the answers"), what_happens.blocks),
}


class FormError(StrEnum):
    """What may be wrong with a form; the words for it are in ERRORS."""

    NAME_MISSING = "name_missing"
    NAME_TAKEN = "name_taken"
    NAME_RESERVED = "name_reserved"
    SUBJECT_MISSING = "subject_missing"
    SUBJECT_TOO_LONG = "subject_too_long"
    QUESTION_TOO_LONG = "question_too_long"
    REASONS_TOO_MANY = "reasons_too_many"
    REASONS_TOO_LONG = "reasons_too_long"
    REASONS_TWICE = "reasons_twice"
    AUDIENCE_MISSING = "audience_missing"
    AUDIENCE_BOTH = "audience_both"
    CHANNEL_UNSEEN = "channel_unseen"
    EVERY_WEEKS_OUT_OF_RANGE = "every_weeks_out_of_range"
    WAVE_DAYS_OUT_OF_RANGE = "wave_days_out_of_range"
    WAVE_LONGER_THAN_RHYTHM = "wave_longer_than_rhythm"
    TIME_ZONE_UNKNOWN = "time_zone_unknown"
    WAVE_STANDS = "wave_stands"
    BEING_PLANNED = "being_planned"


ERRORS = {
    FormError.NAME_MISSING: mark("Give the survey a name, such as “Acme customers”."),
    FormError.NAME_TAKEN: mark("Another survey has this name. Choose a different one."),
    FormError.NAME_RESERVED: mark("This word is a command, so it cannot be a name. Choose a different one."),
    FormError.SUBJECT_MISSING: mark("Say what people would recommend, such as “Acme”."),
    FormError.SUBJECT_TOO_LONG: mark("This is too long: write at most {most_of_name} characters."),
    FormError.QUESTION_TOO_LONG: mark("This is too long: write at most {most_of_question} characters."),
    FormError.REASONS_TOO_MANY: mark(
        "These are too many: write at most {most_reasons} reasons, a line each."
    ),
    FormError.REASONS_TOO_LONG: mark("One is too long: write at most {most_of_name} characters a name."),
    FormError.REASONS_TWICE: mark("Two reasons have the same name. Give each its own."),
    FormError.AUDIENCE_MISSING: mark("Choose at least one channel here, or one of the choices below."),
    FormError.AUDIENCE_BOTH: mark(
        "An open question is for anyone in its channel. Clear this, or clear the other choices above."
    ),
    FormError.CHANNEL_UNSEEN: mark(
        "I cannot see this channel. Invite me there with /invite, or choose another."
    ),
    FormError.EVERY_WEEKS_OUT_OF_RANGE: mark("Choose a whole number of weeks from 1 to {most_weeks}."),
    FormError.WAVE_DAYS_OUT_OF_RANGE: mark("Choose a whole number of days from 1 to {most}."),
    FormError.WAVE_LONGER_THAN_RHYTHM: mark(
        "A wave must be over before the next one opens: choose at most {longest_wave} days."
    ),
    FormError.WAVE_STANDS: mark("A wave is open, so this stays as it is. Change it when the wave is closed."),
    FormError.BEING_PLANNED: mark(
        "The open wave is just reading who is in its audience. Try again in a minute."
    ),
    FormError.TIME_ZONE_UNKNOWN: mark("I do not know this time zone. Choose one from the list."),
}


def render(facts: FormFacts, words: Words) -> Json:
    """Make one step, filled in with what was typed so far; `errors` words what may come back to it."""
    _, blocks = STEPS[facts.step]
    told: list[Block] = [SectionBlock(mrkdwn(facts.told))] if facts.told else []
    return view(
        ModalView(
            title=words("New survey") if facts.is_new else words("Change a survey"),
            submit=_onwards(facts, words),
            close=words("Cancel"),
            callback_id=Callback.SURVEY_FORM,
            private_metadata=f"{facts.draft_id} {facts.step.value}",
            blocks=[
                ContextBlock([mrkdwn(_where(facts.step, words))]),
                *told,
                *blocks(facts, words),
                *back(facts.step, words),
            ],
        )
    )


def back(step: int, words: Words) -> list[Block]:
    """Make the button that goes back from a step; the first has none."""
    if step == Step.WHAT:
        return []
    return [ActionsBlock([Button(words("Back"), action_id=Action.FORM_BACK, value=str(step - 1))])]


def _onwards(facts: FormFacts, words: Words) -> str:
    if facts.step is not Step.NEWS:
        return words("Next")
    return words("Preview") if facts.is_new else words("Save")


def _where(here: Step, words: Words) -> str:
    """Name the three steps, the one that is shown in bold."""
    named = ((step, f"{step.value}. {words(title)}") for step, (title, _) in STEPS.items())
    return " · ".join(f"*{name}*" if step is here else name for step, name in named)


def errors(
    found: Mapping[Field, FormError], words: Words, longest_wave: int = MOST_WAVE_DAYS
) -> dict[str, str]:
    """Give the sentence for each wrong field, as `response_action: errors` takes it.

    `longest_wave` is how many days a wave may last so that it is over before the next one opens.
    """
    numbers = {
        "most": MOST_WAVE_DAYS,
        "most_weeks": MOST_WEEKS,
        "longest_wave": longest_wave,
        "most_of_name": NAME_LENGTH,
        "most_reasons": MOST_DRIVERS,
        "most_of_question": QUESTION_LENGTH,
    }
    return {field.value: words(ERRORS[error], **numbers) for field, error in found.items()}


_NEW: dict[Field, list[str]] = {
    Field.KIND: ["employees"],
    Field.LANGUAGE: ["en"],
    Field.ASKS: ["people"],
    Field.RHYTHM: ["once"],
    Field.EVERY_WEEKS: ["4"],
    Field.WAVE_DAYS: ["14"],
    Field.REMINDERS: ["1"],
    Field.TIME_ZONE: ["Europe/Paris"],
    Field.DIGEST_HOUR: ["9"],
}
_FILLED_IN: dict[Field, list[str]] = {
    Field.NAME: ["Acme customers"],
    Field.SUBJECT: ["the Lisbon offsite"],
    Field.KIND: [Kind.CUSTOMERS],
    Field.LANGUAGE: ["en"],
    Field.MORE: ["languages", "reasons"],
    Field.SUBJECT_FR: ["l’escapade à Lisbonne"],
    Field.REASONS: ["Tools | Outils", "Pay"],
    Field.ASKS: ["people"],
    Field.CHANNELS: ["C1", "C2"],
    Field.USER_GROUPS: ["S2"],
    Field.PEOPLE: ["U1"],
    Field.WHOLE: ["everyone", "guests"],
    Field.RHYTHM: [Rhythm.WEEKS],
    Field.EVERY_WEEKS: ["6"],
    Field.WAVE_DAYS: ["21"],
    Field.REMINDERS: ["2"],
    Field.DIGEST_CHANNEL: ["C3"],
    Field.DIGEST_WEEKDAY: ["4"],
    Field.DIGEST_HOUR: ["16"],
    Field.RESULT: ["closing"],
    Field.TIME_ZONE: ["America/Toronto"],
}
_OPEN: dict[Field, list[str]] = {
    **_NEW,
    Field.MORE: ["question", "languages"],
    Field.QUESTION: ["Again?"],
    Field.ASKS: ["channel"],
    Field.OPEN_CHANNEL: ["C1"],
    Field.RHYTHM: ["continuous"],
}

EXAMPLES = {
    "new": FormFacts(3, Step.WHAT, _NEW),
    "new, who": FormFacts(3, Step.WHO, _NEW),
    "new, what happens": FormFacts(3, Step.NEWS, _NEW),
    "filled in": FormFacts(3, Step.WHAT, _FILLED_IN),
    "filled in, who": FormFacts(
        3, Step.WHO, _FILLED_IN, user_groups_offered=(("S1", "Sales"), ("S2", "Support"))
    ),
    "filled in, what happens": FormFacts(3, Step.NEWS, _FILLED_IN),
    "own words": FormFacts(3, Step.WHAT, _OPEN),
    "one open question": FormFacts(3, Step.WHO, _OPEN),
    "changed": FormFacts(3, Step.WHAT, _FILLED_IN, is_new=False, told="Another survey has this name."),
    "changed, what happens": FormFacts(3, Step.NEWS, _FILLED_IN, is_new=False),
    "rare time zone": FormFacts(3, Step.NEWS, {**_NEW, Field.TIME_ZONE: ["Antarctica/Troll"]}),
}
