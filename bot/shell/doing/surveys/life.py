"""What `nps-bot survey edit`, `end` and `delete` do: as in Slack, and told on a terminal."""

from collections.abc import Mapping, Sequence

from bot.app import App
from bot.ids import Field
from bot.kit import finding
from bot.kit.people import Who, manager
from bot.kit.rules.command import Verb
from bot.kit.views import not_found
from bot.message import Message
from bot.shell.doing.surveys.survey import sentences, with_ids
from bot.shell.kit.sentences import Output, WrongInput
from bot.shell.kit.terminal import WORDS, NotDone, agreed, plain
from bot.surveys import deleting, editing
from bot.surveys.deleting import WrongName
from bot.surveys.drafting import WrongDraft, draft
from bot.surveys.views import edited
from bot.surveys.views.deleting import question
from bot.waves import ending
from bot.waves.views import before_ending, notices


async def edit(app: App, *, user_id: str, name: str, changes: Mapping[Field, Sequence[str]]) -> Output:
    """Change what is told of a survey, and leave the rest. Raises Refused, WrongInput."""
    who = Who(app.identity.workspace_id, user_id)
    await manager(app.services, who)
    survey = await finding.one_survey(app.services, who, Verb.EDIT, name)
    given = await with_ids(app, changes)
    told = editing.written(survey)
    del told[Field.REASONS], told[Field.LINKS]  # they stay, unless others are given
    try:
        changed = await editing.edit(app.services, who, survey.id, draft(told | given))
    except WrongDraft as wrong:
        raise WrongInput("\n".join(sentences(wrong))) from None
    await editing.remind_more(app.services, changed)
    facts = changed.facts
    data = {
        "survey": facts.survey_name,
        "wave": facts.wave_number,
        "closes_at": facts.closes_at.isoformat() if facts.closes_at else None,
    }
    return Output(data, plain(edited.render(facts, WORDS)))


async def end(app: App, *, user_id: str, name: str, yes: bool) -> Output:
    """End a survey, after asking unless `yes`. Raises Refused."""
    who = Who(app.identity.workspace_id, user_id)
    somebody = await manager(app.services, who)
    survey = await finding.one_survey(app.services, who, Verb.END, name)

    async def ask() -> Message:
        return before_ending.render(await ending.about_ending(app.services, survey, somebody), WORDS)

    await agreed(ask, yes=yes)
    await ending.end(app.services, who, survey)
    return Output({"survey": survey.name, "ended": True}, plain(notices.ended(WORDS, name=survey.name)))


async def delete(app: App, *, user_id: str, name: str, yes: bool) -> Output:
    """Delete a survey by its whole name, after asking unless `yes`. Raises Refused, NotDone."""
    who = Who(app.identity.workspace_id, user_id)
    await manager(app.services, who)
    survey = await finding.one_survey(app.services, who, Verb.DELETE, name)

    async def ask() -> Message:
        return question(await deleting.about_deleting(app.services, survey), WORDS)

    await agreed(ask, yes=yes)
    try:
        survey = await deleting.to_delete(app.services, who, survey.id, name)
    except WrongName:  # a part of it finds it, and does not delete it
        raise NotDone(plain(not_found.no_such_survey(WORDS, name=name, suggestion=survey.name))) from None
    gone = await deleting.delete(app.services, who, survey)
    data = {"survey": survey.name, "waves": gone.waves, "answers": gone.answers}
    return Output(data, f"Deleted “{survey.name}”, {gone.waves} waves and {gone.answers} answers.")
