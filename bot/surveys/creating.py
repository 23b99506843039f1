"""A manager makes a survey."""

import asyncio
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.ids import Field
from bot.kit.people import Who, manager
from bot.kit.services import Services
from bot.kit.views import notices
from bot.logs import log
from bot.slack.errors import SlackError
from bot.surveys.drafting import SurveyDraft, WrongDraft
from bot.surveys.rules.reasons import WrongReasons, reasons
from bot.surveys.views.form_errors import FormError
from bot.wording import DEFAULT_LANGUAGE
from storage import surveys
from storage.errors import NameTaken
from storage.question import ANY_LANGUAGE, Offered
from storage.surveys import drafts, drivers, links
from storage.tables import Survey

# Seconds: the manager's form waits, and Slack with it, for three in all.
_PATIENCE = 1.5


async def create_survey(
    services: Services, who: Who, draft: SurveyDraft, form_id: int | None = None
) -> Survey:
    """Store a survey, and take the form from which it comes, if it does; nobody is asked yet.

    Raises Refused, and WrongDraft for a taken name or a hidden channel.
    """
    await manager(services, who)
    require_seal(services, draft)
    await require_visible(services, draft)
    now = services.clock()
    made = not_stored(who, draft, now)
    try:
        async with services.database.writing() as session:
            if form_id is not None and not await drafts.take(session, form_id):
                raise form_gone()
            made = await surveys.add_survey(session, made)
            await offer_reasons(session, made, draft, now)
            await set_links(session, made, draft)
    except NameTaken:
        raise WrongDraft({Field.NAME: FormError.NAME_TAKEN}) from None
    log.info("survey.created", survey=made.id)
    return made


def not_stored(who: Who, draft: SurveyDraft, now: datetime) -> Survey:
    """Return the survey that a draft would become."""
    return Survey(
        **columns_of(draft),
        workspace_id=who.workspace_id,
        key=surveys.survey_key(draft.name),
        created_by=who.user_id,
        created_at=now,
        starts_at=now,
    )


def form_gone() -> Refused:
    """Say that a form was sent before, or is forgotten."""
    return Refused("form_gone", notices.form_gone)


def require_seal(services: Services, draft: SurveyDraft) -> None:
    """Say now, beside the field, that nothing could seal anonymous answers. Raises WrongDraft."""
    if draft.is_anonymous and not services.secret:
        raise WrongDraft({Field.ANONYMITY: FormError.NOTHING_SEALS})


def columns_of(draft: SurveyDraft) -> dict[str, Any]:
    """Return what a draft says, by the columns of a survey: the two have the same names. Reasons and links are rows of their own."""
    said = {
        one.name: getattr(draft, one.name) for one in fields(draft) if one.name not in {"reasons", "links"}
    }
    minimum, comments = said.pop("minimum"), said.pop("digest_comments")
    if minimum is not None:
        said["minimum"] = minimum or None
    return said if comments is None else said | {"digest_comments": comments}


async def offer_reasons(session: AsyncSession, survey: Survey, draft: SurveyDraft, now: datetime) -> bool:
    """Let a survey offer the reasons that a draft says; whether those are others than before. Raises WrongDraft."""
    if draft.reasons is None:
        return False
    language = draft.wording.language if draft.wording else ANY_LANGUAGE
    before = await drivers.offered(session, survey)
    wanted = wanted_reasons(draft.reasons, language, await drivers.named(session, survey.id))
    await drivers.offer(session, survey, wanted, now)
    return before != await drivers.offered(session, survey)


async def set_links(session: AsyncSession, survey: Survey, draft: SurveyDraft) -> None:
    """Let a survey offer its promoters the links that a draft says."""
    if draft.links is not None:
        await links.set_links(session, survey, draft.links)


def wanted_reasons(lines: Sequence[str], language: str, known: Sequence[Offered] = ()) -> tuple[Offered, ...]:
    """Read the reasons that a draft says. Raises WrongDraft."""
    try:
        return reasons(lines, DEFAULT_LANGUAGE if language == ANY_LANGUAGE else language, known)
    except WrongReasons as wrong:
        raise WrongDraft({Field.REASONS: FormError(f"reasons_{wrong}")}) from None


async def require_visible(services: Services, draft: SurveyDraft) -> None:
    """Say now, beside its field, which channel the app cannot see; where Slack does not tell in time, go on."""
    places: dict[Field, Sequence[str]] = {
        Field.CHANNELS: draft.audience.channels,
        Field.OPEN_CHANNEL: [one for one in (draft.audience.open_channel,) if one],
        Field.DIGEST_CHANNEL: [one for one in (draft.digest_channel,) if one],
        Field.FOLLOW_UP_CHANNEL: [one for one in (draft.follow_up_channel,) if one],
    }
    channels = {channel for named in places.values() for channel in named}
    try:
        async with asyncio.timeout(_PATIENCE):
            seen = await asyncio.gather(*(services.slack.can_see(channel) for channel in channels))
    except (TimeoutError, SlackError):
        return
    hidden = {channel for channel, visible in zip(channels, seen, strict=True) if not visible}
    if wrong := {field: FormError.CHANNEL_UNSEEN for field, named in places.items() if hidden & set(named)}:
        raise WrongDraft(wrong)
