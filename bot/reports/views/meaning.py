"""What the numbers of a wave mean, in sentences: how far to trust them, whether they moved, why some are not told."""

from slackblocks import Block, ContextBlock, SectionBlock

from bot.mark import mark
from bot.message import mrkdwn
from bot.reports.rules.gate import Hidden
from bot.reports.views.spread import spread_line
from bot.reports.views.wave import (
    WaveFacts,
    answered_of_invited,
    called,
    category_lines,
    estimated,
    nobody,
    numbers,
    standing,
    summary,
    who_answered_both,
)
from bot.wording import Words
from scoring.change import MINIMUM_IN_BOTH, Verdict, overlap_change
from scoring.disclosure import MINIMUM_NEW_ANSWERS, minimum_for_details
from scoring.interval import Basis
from scoring.nps import Tally, display
from scoring.reminder import Direction, around_reminder

VERDICTS = {
    Verdict.UP: mark("{difference} since {wave} ({previous}): up, by more than chance explains."),
    Verdict.DOWN: mark("{difference} since {wave} ({previous}): down, by more than chance explains."),
    Verdict.NO_CLEAR_CHANGE: mark(
        "{difference} since {wave} ({previous}): no clear change, chance alone could do this."
    ),
    Verdict.TOO_FEW: mark("{difference} since {wave} ({previous}): too few answers to compare."),
}
WHY_HIDDEN = {
    Hidden.UNTIL_CLOSED: mark(
        "The result shows when the wave closes, on {day}. Until then a number would mislead, and could give somebody away."
    ),
    Hidden.TOO_FEW: mark(
        "Fewer than {fewest} answered, so no number is shown: it could give somebody away. "
        "The next wave shows one from {fewest} answers on."
    ),
    Hidden.NEARLY_UNANIMOUS: mark(
        "Nearly everyone agrees. More numbers would tell what each one chose, so they are not shown. "
        "They will be in a wave in which people differ more."
    ),
    Hidden.FEW_SINCE: mark(
        "Answers have come or gone since this result was first shown. It changes once they are {new} or more."
    ),
    Hidden.DETAILS_TOO_FEW: mark("Mean, spread and drivers are shown from {details} answers on."),
}


def result_lines(wave: WaveFacts, words: Words, *, with_change: bool = True) -> list[str]:
    """Tell a wave's numbers in lines of text, with what they mean; where there are none, why.

    `with_change` is False where the change since the wave before stands elsewhere already.
    """
    if _nobody_answered(wave):
        return [nobody(wave, words)]
    told = [
        certainty(wave, words),
        *category_lines(wave, words),
        answered_of_invited(wave, words) if wave.result.nps else "",
        since_previous(wave, words) if with_change else "",
        around_the_reminder(wave, words),
        spread_line(wave, words),
        *why_hidden(wave, words),
    ]
    return [*(line for line in told if line), *_last_lines(wave, words)]


def result_blocks(wave: WaveFacts, words: Words, *, with_change: bool = True) -> list[Block]:
    """Tell the same in blocks, but for the spread, which is drawn."""
    if _nobody_answered(wave):
        return [SectionBlock(mrkdwn(nobody(wave, words)))]
    blocks: list[Block] = []
    if sure := certainty(wave, words, bold="*"):
        blocks.append(SectionBlock(mrkdwn(sure)))
    blocks += numbers(wave, words)
    if wave.result.nps and not wave.result.tally:
        blocks.append(SectionBlock(mrkdwn(answered_of_invited(wave, words))))
    if with_change and (moved := since_previous(wave, words, bold="*")):
        blocks.append(SectionBlock(mrkdwn(moved)))
    if turned := around_the_reminder(wave, words):
        blocks.append(SectionBlock(mrkdwn(turned)))
    if reasons := why_hidden(wave, words):
        blocks.append(SectionBlock(mrkdwn("\n".join(reasons))))
    return [*blocks, *_last_blocks(wave, words)]


def certainty(wave: WaveFacts, words: Words, bold: str = "") -> str:
    """Say of which people it is the NPS, and where else it may lie, with what that assumes; nothing where that is hidden."""
    found, result = estimated(wave), wave.result
    if found is None or result.tally is None:
        return ""
    if found.basis is Basis.CENSUS:
        return words("Everyone answered: this is the whole group's NPS.")
    assert found.interval is not None  # noqa: S101 - only a census has none
    interval = f"{bold}{found.interval.display}{bold}"
    right = words("95 of 100 such intervals are right.")
    if result.population is None or found.bounds is None:
        like = words(
            "{interval} holds the NPS of everyone who could have answered, if they are like those who did.",
            interval=interval,
        )
        return f"{like} {right}"
    like = words.plural(
        "{interval} holds the NPS of all {all}, if the {n} who did not answer is like the others.",
        "{interval} holds the NPS of all {all}, if the {n} who did not answer are like the others.",
        result.population - result.tally.responses,
        interval=interval,
        all=result.population,
    )
    surely = words("Whatever they think, it lies within {bounds}.", bounds=found.bounds.display)
    return f"{like} {right} {surely}"


def since_previous(wave: WaveFacts, words: Words, bold: str = "") -> str:
    """Say how far the NPS moved, and whether that means anything; of an open wave, when that will be known."""
    before = wave.before
    if before is None or not (wave.result.tally and before.result.tally):
        return ""
    if wave.is_open:
        return words("The comparison with {wave} comes when this one closes.", wave=called(before, words))
    moved = overlap_change(before.result.tally, wave.result.tally, who_answered_both(wave))
    if moved is None:
        return ""
    told = words(
        VERDICTS[moved.verdict],
        difference=f"{bold}{display(moved.difference)}{bold}",
        wave=called(before, words),
        previous=before.result.nps,
    )
    if wave.both.people < MINIMUM_IN_BOTH:
        return told
    both = words.plural(
        "{n} person answered both times.", "{n} people answered both times.", wave.both.people
    )
    return f"{told} {both}"


def around_the_reminder(wave: WaveFacts, words: Words) -> str:
    """Say how those who answered after the reminder differ from those before it; nothing where either are few."""
    late, tally = wave.result.late, wave.result.tally
    if late is None or tally is None:
        return ""
    early = Tally(
        tally.promoters - late.promoters, tally.passives - late.passives, tally.detractors - late.detractors
    )
    found = around_reminder(early, late)
    if found is None:
        return ""
    told = words(
        "Before the reminder: {early}. After it: {late}.",
        early=display(found.before),
        late=display(found.after),
    )
    if found.direction is Direction.ALIKE:
        return told
    how_sure = (
        words("More than chance explains; the silent may differ too.")
        if found.clear
        else words("Chance alone could do this.")
    )
    return f"{told} {how_sure}"


def why_hidden(wave: WaveFacts, words: Words) -> list[str]:
    """Say of each thing that is not told why, and when it will be."""
    fewest = wave.result.fewest
    return [
        words(
            WHY_HIDDEN[reason],
            day=words.date(wave.closes),
            fewest=fewest,
            new=max(fewest, MINIMUM_NEW_ANSWERS),
            details=minimum_for_details(fewest),
        )
        for reason in wave.result.hidden
    ]


def last_title(wave: WaveFacts, words: Words, bold: str = "") -> list[str]:
    """Name the wave that closed before an open one, with its NPS; nothing where there was none."""
    if wave.before is None or not wave.is_open:
        return []
    return [summary(standing(wave.before, words), wave.before, words, bold)]


def _last_lines(wave: WaveFacts, words: Words) -> list[str]:
    """Tell the result of the wave before: in full below a wave that has no number yet."""
    title = last_title(wave, words)
    if not title or wave.before is None or wave.result.nps:
        return title
    return [*title, *result_lines(wave.before, words)]


def _last_blocks(wave: WaveFacts, words: Words) -> list[Block]:
    title = last_title(wave, words, bold="*")
    if not title or wave.before is None:
        return []
    if wave.result.nps:
        return [ContextBlock([mrkdwn(title[0])])]
    return [SectionBlock(mrkdwn(title[0])), *result_blocks(wave.before, words)]


def _nobody_answered(wave: WaveFacts) -> bool:
    return not wave.result.answered and Hidden.UNTIL_CLOSED not in wave.result.hidden
