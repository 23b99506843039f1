"""The form's first part: what is asked, of whom, and in which words."""

from slackblocks import Block, Option, PlainText, PlainTextInput, RadioButtonGroup

from bot.answers.views.invitation import question
from bot.ids import Field
from bot.mark import mark
from bot.surveys.views.form_facts import FormFacts
from bot.surveys.views.form_fields import labelled, menu, name_input, question_input
from bot.wording import Words, words_for
from storage.question import ANY_LANGUAGE, Question, Told, Wording
from storage.words import MOST_DRIVERS, Kind

LANGUAGES = {"en": mark("English"), "fr": mark("French")}
OTHER_LANGUAGES = {
    "en": (mark("What they would recommend, in English"), mark("The whole question in English")),
    "fr": (mark("What they would recommend, in French"), mark("The whole question in French")),
}
KINDS = {Kind.EMPLOYEES: mark("People who work here"), Kind.CUSTOMERS: mark("Customers")}


def blocks(facts: FormFacts, words: Words) -> list[Block]:
    """Make the fields of a survey's name and question, in each language."""
    kinds = {
        kind: Option(
            text=PlainText(words(label)), value=kind, description=question(Question(kind, "…"), words)
        )
        for kind, label in KINDS.items()
    }
    kind = RadioButtonGroup(Field.KIND, options=list(kinds.values()), initial_option=kinds[facts.kind])
    return [
        labelled(
            Field.NAME,
            words("Name of the survey"),
            name_input(Field.NAME, facts.name, words("Acme customers")),
            hint=words("It stands at the head of the report and the digest."),
        ),
        labelled(
            Field.SUBJECT,
            words("What would people recommend?"),
            name_input(Field.SUBJECT, facts.subject, "Acme"),
        ),
        *_languages(facts, words),
        labelled(Field.KIND, words("Who answers?"), kind),
        labelled(
            Field.REASONS,
            words("The reasons that people may tick"),
            PlainTextInput(
                action_id=Field.REASONS,
                multiline=True,
                initial_value="\n".join(facts.reasons) or None,
                placeholder=words("Tools | Outils"),
            ),
            hint=words(
                "One a line, {most} at most; in the other language too if you like: Tools | Outils. To rename one, "
                "write: Tools = Gear. If you write none, people get the usual five.",
                most=MOST_DRIVERS,
            ),
            optional=True,
        ),
        _anonymity(facts, words),
    ]


def _anonymity(facts: FormFacts, words: Words) -> Block:
    named = Option(
        PlainText(words("With names")),
        value="named",
        description=words("Managers see who chose what, and can get in touch."),
    )
    anonymous = Option(
        PlainText(words("Anonymously")),
        value="anonymous",
        description=words("Nobody sees who chose what. One result, when a wave closes."),
    )
    if not facts.can_be_anonymous:
        hint = words("Anonymous surveys need NPS_SECRET: ask those who run this app.")
        element = RadioButtonGroup(Field.ANONYMITY, options=[named], initial_option=named)
        return labelled(Field.ANONYMITY, words("How do they answer?"), element, hint=hint)
    chosen = {"named": named, "anonymous": anonymous}.get(facts.anonymity)
    element = RadioButtonGroup(Field.ANONYMITY, options=[anonymous, named], initial_option=chosen)
    hint = words(
        "If you choose nothing, people who work here answer anonymously, customers with names. It stays so once a wave has opened."
    )
    return labelled(Field.ANONYMITY, words("How do they answer?"), element, hint=hint, optional=True)


def _languages(facts: FormFacts, words: Words) -> list[Block]:
    wording = facts.wording or Wording(ANY_LANGUAGE)
    languages = {language: words(name).capitalize() for language, name in LANGUAGES.items()}
    languages[ANY_LANGUAGE] = words("None: it is called the same in all")
    fields = [
        labelled(
            Field.LANGUAGE,
            words("In which language is that?"),
            menu(Field.LANGUAGE, languages, wording.language),
            hint=words(
                "People who read another language get the question in this one, unless you write it in theirs too."
            ),
        ),
        labelled(
            Field.QUESTION,
            words("The whole question in your own words"),
            question_input(Field.QUESTION, wording.text, question(Question(facts.kind, "…"), words)),
            optional=True,
        ),
    ]
    others = dict(wording.others)
    for language, (label, own_words) in OTHER_LANGUAGES.items():
        if language == wording.language:
            continue
        told = others.get(language, Told())
        subject, text = Field(f"subject_{language}"), Field(f"question_{language}")
        usual = question(Question(facts.kind, "…"), words_for(language))
        fields += [
            labelled(subject, words(label), name_input(subject, told.subject, "…"), optional=True),
            labelled(text, words(own_words), question_input(text, told.text, usual), optional=True),
        ]
    return fields
