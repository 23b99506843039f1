"""All that is kept about one person as a file that people and programs read: JSON, each thing by a plain name."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.ballots.linking import OwnThread
from storage.privacy.cases_erased import KeptCase
from storage.privacy.keeping import KeptAboutPerson, KeptAnswer, KeptQuestion
from storage.tables import Survey, Wave

Fields = dict[str, Any]


def as_file(kept: KeptAboutPerson, user_id: str, now: datetime, threads: Sequence[OwnThread] = ()) -> bytes:
    """Write it out. Times are UTC."""
    return (json.dumps(as_json(kept, user_id, now, threads), ensure_ascii=False, indent=2) + "\n").encode()


def as_json(kept: KeptAboutPerson, user_id: str, now: datetime, threads: Sequence[OwnThread] = ()) -> Fields:
    """Give it as JSON has it; what is not known is null."""
    person, preference, settings = kept.person, kept.preference, kept.settings
    return {
        "person": user_id,
        "written_at": _time(now),
        "account": person and _without(person.model_dump(), "workspace_id", "user_id"),
        "asked_not_to_be_asked_since": _time(preference.opted_out_at) if preference else None,
        "asked_anonymously_by_a_deleted_survey_at": _time(kept.by_deleted.asked_at)
        if kept.by_deleted
        else None,
        "questions": [_question(one) for one in kept.questions],
        "cases": [_case(one) for one in kept.cases],
        "done_in_cases_of_others": [{"step": one.step.value, "at": _time(one.at)} for one in kept.steps],
        "actions_you_see_to": [
            {"survey": survey.name, "said": one.said, "did": one.did, "state": one.state.value}
            for one, survey in kept.actions
        ],
        "conversations_about_an_anonymous_comment": [_thread(one) for one in threads],
        "wrote_back_as_a_manager": [
            {"survey": survey.name, "text": letter.text} for letter, survey in kept.letters
        ],
        "quotes_you_picked": [
            {"survey": survey.name, "picked_at": _time(one.picked_at), "in_channel": one.channel_id}
            for one, survey in kept.picked
        ],
        "forms_you_have_not_sent": [
            {"written": one.written, "changed_at": _time(one.changed_at)} for one in kept.drafts
        ],
        "imported_answers": [_imported(one) for one in kept.imported],
        "left_out_while_planning": [one.because.value for one in kept.left_out],
        "told_as_a_manager": [
            {
                "about": one.about,
                "text": one.text,
                "written_at": _time(one.written_at),
                "said_at": _time(one.said_at),
            }
            for one in kept.notices
        ],
        "surveys_made": [one.name for one in kept.made],
        "waves_opened": [_wave(survey, wave) for survey, wave in kept.opened],
        "named_a_manager_in_the_settings": bool(settings and user_id in settings.managers),
        "changed_the_settings_at": _time(settings.changed_at)
        if settings and settings.changed_by == user_id
        else None,
        "surveys_that_name_you_among_those_to_ask": [one.name for one in kept.chosen],
    }


def _question(one: KeptQuestion) -> Fields:
    invitation, answer = one.invitation, one.answer
    told = _without(invitation.model_dump(), "id", "workspace_id", "wave_id", "user_id")
    return {
        **_wave(one.survey, one.wave),
        **_plain(told),
        "in_channels_and_user_groups": list(one.parts),
        "asked_for_by_a_program_under": list(one.keys),
        "reminders": [
            _plain(_without(each.model_dump(), "id", "workspace_id", "wave_id", "invitation_id"))
            for each in one.reminders
        ],
        "answer": answer
        and {
            "score": answer.score,
            "comment": answer.comment,
            "drivers": list(one.drivers),
            "answered_at": _time(answer.answered_at),
            "changed_at": _time(answer.changed_at),
            "may_be_quoted": one.quote
            and {
                "with_your_name": one.quote.with_name,
                "since": _time(one.quote.given_at),
                "state": one.quote.state.value,
                "in_channel": one.quote.channel_id,
            },
        },
    }


def _case(one: KeptCase) -> Fields:
    told = _without(
        one.case.model_dump(),
        "id",
        "workspace_id",
        "survey_id",
        "invitation_id",
        "user_id",
        "version",
        "drawn",
    )
    steps = [
        {"step": each.step.value, "by": each.by, "to": each.to, "at": _time(each.at)} for each in one.events
    ]
    return {"survey": one.survey.name, **told, "steps": steps}


def _thread(one: OwnThread) -> Fields:
    letters = [
        {"from": "the team" if each.is_from_team else "you", "text": each.text} for each in one.letters
    ]
    return {**_wave(one.survey, one.wave), "ends_on": one.thread.ends_on.isoformat(), "letters": letters}


def _imported(one: KeptAnswer) -> Fields:
    return {
        **_wave(one.survey, one.wave),
        "named_as": one.answer.person,
        "score": one.answer.score,
        "comment": one.answer.comment,
        "drivers": list(one.drivers),
        "answered_at": _time(one.answer.answered_at),
        **{each.name: each.value for each in one.properties},
    }


def _wave(survey: Survey, wave: Wave) -> Fields:
    return {
        "survey": survey.name,
        "wave": wave.label or wave.number,
        "asked_about": wave.subject or survey.subject,
        "closed_at": _time(wave.closed_at),
    }


def _without(row: Fields, *names: str) -> Fields:
    return _plain({name: value for name, value in row.items() if name not in names})


def _plain(row: Fields) -> Fields:
    return {name: _time(value) if isinstance(value, datetime) else value for name, value in row.items()}


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
