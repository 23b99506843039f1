"""The form's first step: what is asked, of which kind of people, and in which words."""

from slackblocks import Block, Option, PlainText, PlainTextInput, RadioButtonGroup

from bot.answers.views.invitation import question
from bot.ids import Field
from bot.mark import mark
from bot.surveys.rules import steps
from bot.surveys.views.form_facts import SurveyFormFacts
from bot.surveys.views.form_fields import boxes, labelled, menu, name_input, question_input, radio
from bot.wording import Words, words_for
from storage.question import ANY_LANGUAGE, Question
from storage.words import MOST_DRIVERS, Kind

LANGUAGES = {"en": mark("English"), "fr": mark("French")}
OTHER_LANGUAGES = {
    "en": (mark("What they would recommend, in English"), mark("The whole question in English")),
    "fr": (mark("What they would recommend, in French"), mark("The whole question in French")),
}
KINDS = {Kind.EMPLOYEES: mark("People who work here"), Kind.CUSTOMERS: mark("Customers")}
_MORE = {
    steps.OWN_WORDS: mark("Ask in your own words"),
    steps.LANGUAGES: mark("Say it in another language too"),
    steps.REASONS: mark("Name the reasons that people may tick"),
}


def blocks(facts: SurveyFormFacts, words: Words) -> list[Block]:
    """Make the fields of a survey's name and question; with each box that is ticked come the fields that it needs."""
    kinds = {
        kind.value: Option(
            text=PlainText(words(label)),
            value=kind,
            description=question(Question(kind, "…"), words),
        )
        for kind, label in KINDS.items()
    }
    languages = {language: words(name).capitalize() for language, name in LANGUAGES.items()}
    languages[ANY_LANGUAGE] = words("None: it is called the same in all")
    more = {value: Option(text=PlainText(words(label)), value=value) for value, label in _MORE.items()}
    return [
        labelled(
            Field.NAME,
            words("Name of the survey"),
            name_input(Field.NAME, facts.one(Field.NAME), words("Acme customers")),
            hint=words("It stands at the head of the report and the digest."),
        ),
        labelled(Field.KIND, words("Who answers?"), radio(Field.KIND, kinds, facts.one(Field.KIND))),
        labelled(
            Field.SUBJECT,
            words("What would people recommend?"),
            name_input(Field.SUBJECT, facts.one(Field.SUBJECT), "Acme"),
        ),
        labelled(
            Field.LANGUAGE,
            words("In which language is that?"),
            menu(Field.LANGUAGE, languages, facts.one(Field.LANGUAGE)),
            hint=words(
                "People who read another language get the question in this one, unless you write it in theirs too."
            ),
        ),
        _anonymity(facts, words),
        labelled(
            Field.MORE,
            words("More, if you like"),
            boxes(Field.MORE, more, facts.every(Field.MORE)),
            optional=True,
        ),
        *_worded(facts, words),
        *_reasons(facts, words),
    ]


def _anonymity(facts: SurveyFormFacts, words: Words) -> Block:
    named = Option(
        PlainText(words("With names")),
        value=steps.NAMED,
        description=words("Managers see who chose what, and can get in touch."),
    )
    anonymous = Option(
        PlainText(words("Anonymously")),
        value=steps.ANONYMOUS,
        description=words("Nobody sees who chose what. One result, when a wave closes."),
    )
    if not facts.can_be_anonymous:
        hint = words("Anonymous surveys need NPS_SECRET: ask those who run this app.")
        element = RadioButtonGroup(Field.ANONYMITY, options=[named], initial_option=named)
        return labelled(Field.ANONYMITY, words("How do they answer?"), element, hint=hint)
    chosen = {steps.NAMED: named, steps.ANONYMOUS: anonymous}.get(facts.one(Field.ANONYMITY))
    element = RadioButtonGroup(Field.ANONYMITY, options=[anonymous, named], initial_option=chosen)
    hint = words(
        "If you choose nothing, people who work here answer anonymously, customers with names. It stays so once a wave has opened."
    )
    return labelled(Field.ANONYMITY, words("How do they answer?"), element, hint=hint, optional=True)


def _worded(facts: SurveyFormFacts, words: Words) -> list[Block]:
    more, own = facts.every(Field.MORE), facts.one(Field.LANGUAGE)
    is_worded, fields = steps.OWN_WORDS in more, list[Block]()
    if is_worded:
        fields.append(_question(Field.QUESTION, words("The whole question in your own words"), facts, words))
    for language, (subject_label, question_label) in OTHER_LANGUAGES.items():
        if steps.LANGUAGES not in more or language == own:
            continue
        subject, text = Field(f"subject_{language}"), Field(f"question_{language}")
        fields.append(
            _question(text, words(question_label), facts, words_for(language))
            if is_worded
            else labelled(
                subject, words(subject_label), name_input(subject, facts.one(subject), "…"), optional=True
            )
        )
    return fields


def _question(field: Field, label: str, facts: SurveyFormFacts, usual: Words) -> Block:
    kind = next((kind for kind in Kind if kind == facts.one(Field.KIND)), Kind.EMPLOYEES)
    asked = question(Question(kind, "…"), usual)
    return labelled(field, label, question_input(field, facts.one(field), asked), optional=True)


def _reasons(facts: SurveyFormFacts, words: Words) -> list[Block]:
    if steps.REASONS not in facts.every(Field.MORE):
        return []
    return [
        labelled(
            Field.REASONS,
            words("The reasons that people may tick"),
            PlainTextInput(
                action_id=Field.REASONS,
                multiline=True,
                initial_value="\n".join(facts.every(Field.REASONS)) or None,
                placeholder=words("Tools | Outils"),
            ),
            hint=words(
                "One a line, {most} at most; in the other language too if you like: Tools | Outils. To rename one, "
                "write: Tools = Gear. If you write none, people get the usual five.",
                most=MOST_DRIVERS,
            ),
            optional=True,
        )
    ]
