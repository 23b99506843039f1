"""The form of `/nps new` and `/nps edit`, a step at a time: what is asked; who, and when; what happens with the answers."""

from slackblocks import ActionsBlock, Block, Button, ContextBlock, ModalView, SectionBlock

from bot.ids import ActionId, Callback, Field
from bot.mark import mark
from bot.message import Json, mrkdwn, view
from bot.surveys.rules.steps import ANONYMOUS, NAMED, FormStep
from bot.surveys.views import what_happens, what_is_asked, who_and_when
from bot.surveys.views.form_errors import FormError, errors
from bot.surveys.views.form_facts import SurveyFormFacts
from bot.wording import Words
from storage.words import FollowUp, Kind, Rhythm

STEPS = {
    FormStep.WHAT: (mark("What is asked"), what_is_asked.blocks),
    FormStep.WHO: (mark("Who, and when"), who_and_when.blocks),
    FormStep.NEWS: (mark("What happens with the answers"), what_happens.blocks),
}


def render(facts: SurveyFormFacts, words: Words) -> Json:
    """Make one step, filled in with what was typed so far."""
    _, blocks = STEPS[facts.step]
    wrong = " ".join(errors(facts.wrong, words, facts.longest_wave).values())
    told: list[Block] = [SectionBlock(mrkdwn(wrong))] if wrong else []
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
    if step == FormStep.WHAT:
        return []
    return [ActionsBlock([Button(words("Back"), action_id=ActionId.FORM_BACK, value=str(step - 1))])]


def _onwards(facts: SurveyFormFacts, words: Words) -> str:
    if facts.step is not FormStep.NEWS:
        return words("Next step")
    return words("Preview") if facts.is_new else words("Save")


def _where(here: FormStep, words: Words) -> str:
    """Name the three steps, the one that is shown in bold."""
    named = ((step, f"{step.value}. {words(title)}") for step, (title, _) in STEPS.items())
    return " · ".join(f"*{name}*" if step is here else name for step, name in named)


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
    Field.FOLLOW_UP_WITH: ["detractors"],
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
    Field.KEEP: ["365"],
    Field.ANONYMITY: [NAMED],
    Field.FOLLOW_UP_CHANNEL: ["C4"],
    Field.FOLLOW_UP_WITH: [FollowUp.PASSIVES],
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
    "new": SurveyFormFacts(3, FormStep.WHAT, _NEW, can_be_anonymous=True),
    "without a secret": SurveyFormFacts(3, FormStep.WHAT, _NEW),
    "new, who": SurveyFormFacts(3, FormStep.WHO, _NEW),
    "new, what happens": SurveyFormFacts(3, FormStep.NEWS, _NEW),
    "filled in": SurveyFormFacts(3, FormStep.WHAT, _FILLED_IN, can_be_anonymous=True),
    "filled in, who": SurveyFormFacts(
        3, FormStep.WHO, _FILLED_IN, user_groups_offered=(("S1", "Sales"), ("S2", "Support"))
    ),
    "filled in, what happens": SurveyFormFacts(3, FormStep.NEWS, _FILLED_IN, can_be_anonymous=True),
    "anonymous, what happens": SurveyFormFacts(
        3, FormStep.NEWS, {**_FILLED_IN, Field.ANONYMITY: [ANONYMOUS]}, can_be_anonymous=True
    ),
    "own words": SurveyFormFacts(3, FormStep.WHAT, _OPEN),
    "one open question": SurveyFormFacts(3, FormStep.WHO, _OPEN),
    "changed": SurveyFormFacts(
        3, FormStep.WHAT, _FILLED_IN, is_new=False, wrong={Field.NAME: FormError.NAME_TAKEN}
    ),
    "changed, what happens": SurveyFormFacts(3, FormStep.NEWS, _FILLED_IN, is_new=False),
    "rare time zone": SurveyFormFacts(3, FormStep.NEWS, {**_NEW, Field.TIME_ZONE: ["Antarctica/Troll"]}),
}
