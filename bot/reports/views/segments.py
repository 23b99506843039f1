"""`/nps segments`: the channels and user groups of a wave side by side, or the values of an imported column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from slackblocks import (
    Block,
    ContextBlock,
    HeaderBlock,
    PlainText,
    RawText,
    RichTextChannel,
    RichTextObject,
    RichTextSection,
    RichTextUserGroup,
    SectionBlock,
    TableBlock,
)

from bot.ids import COMMAND
from bot.message import Message, code, escaped, message, mrkdwn, sentence
from bot.reports.rules.gate import Hidden
from bot.reports.rules.segmenting import REST, Segmented, segmented
from bot.reports.views.meaning import why_hidden
from bot.reports.views.wave import CLOSED_WAVE, IMPORTED_WAVE, TEAM_WAVE, WaveFacts, headline, standing
from bot.typed import one_line
from bot.wording import Words
from scoring.disclosure import minimum_for_details
from scoring.nps import Tally, display
from scoring.segments import Segment, Segments

COLUMNS_NAMED = 12
VALUE_LENGTH = 40
ROWS_SHOWN = 30
NAMES_HIDDEN = 20

_ID = re.compile(r"[CGS][0-9A-Z]+")
"""What Slack calls a channel or a user group."""


@dataclass(frozen=True, slots=True)
class SegmentsFacts:
    """One closed wave with its segments as far as they may be told; `column` is that of an imported file, if it is one."""

    survey_name: str
    wave: WaveFacts
    column: str | None = None


def render(facts: SegmentsFacts, words: Words, *, with_table: bool = True) -> Message:
    """Make a table with a row for each segment, in the order of their likely NPS, and say what may be made of it.

    Without `with_table` the same facts stand in text, for workspaces where Slack refuses tables.
    """
    wave, found = facts.wave, facts.wave.result.segments
    every = found.told.rows if found and found.told else ()
    rows = every[:ROWS_SHOWN]
    lines = [_line(facts, row, words) for row in rows]
    said = _said(facts, found, words) if found else _why_none(facts, words)
    if beyond := every[ROWS_SHOWN:]:
        said.insert(0, words.plural("And {n} more.", "And {n} more.", len(beyond)))
    blocks: list[Block] = [
        HeaderBlock(PlainText(headline(one_line(facts.survey_name), wave, words))),
        ContextBlock([mrkdwn(standing(wave, words))]),
    ]
    if rows and with_table:
        blocks.append(_table(facts, rows, words))
    blocks += [
        SectionBlock(mrkdwn("\n".join(lines[start : start + 10])))
        for start in range(0, 0 if with_table else len(lines), 10)
    ]
    if said:
        blocks.append(SectionBlock(mrkdwn("\n".join(said))))
    title = headline(escaped(facts.survey_name), wave, words)
    return message("\n".join([title, standing(wave, words), *lines, *said]), blocks)


def which_column(words: Words, *, survey: str, column: str, columns: Sequence[str]) -> Message:
    """Say by which columns a result can be read, where none was named or the named one is not there."""
    if not columns:
        nothing = words("“{name}” has no result from an imported file with columns.", name=escaped(survey))
        return sentence(nothing)
    known = ", ".join(f"“{escaped(one)}”" for one in columns[:COLUMNS_NAMED])
    example = f"`{COMMAND} segments {code(survey)} {code(columns[0])}`"
    by = words("Columns to read by: {columns}. Type {command}.", columns=known, command=example)
    if not column:
        return sentence(by)
    unknown = words("I find no survey and no column “{column}”.", column=escaped(column))
    return sentence(f"{unknown} {by}")


def none_closed(words: Words, *, survey: str) -> Message:
    """Say that there is no result yet to be read by groups."""
    return sentence(
        words("No wave of “{name}” has closed yet. Groups can be read when one has.", name=escaped(survey))
    )


def columns_for_managers(words: Words) -> Message:
    """Say that only managers read a result by a column of an imported file."""
    return sentence(words("Only managers can read a team's result by a column of an imported file."))


def too_many_values(words: Words, *, column: str, most: int) -> Message:
    """Say that a column has too many values to read a result by."""
    return sentence(
        words(
            "“{column}” has more than {most} different values: too many to stand side by side.",
            column=escaped(column),
            most=most,
        )
    )


def _name(facts: SegmentsFacts, segment: str, words: Words) -> str:
    """Name a channel, a user group or a value in mrkdwn; what one person alone reads pings no user group."""
    if facts.column is not None or not _ID.fullmatch(segment):
        return escaped(segment, VALUE_LENGTH) if segment != REST else words("Not told")
    return f"<!subteam^{segment}>" if segment.startswith("S") else f"<#{segment}>"


def _line(facts: SegmentsFacts, row: Segment[str], words: Words) -> str:
    name = _name(facts, row.name, words)
    return words.plural(
        "{segment}: NPS {nps} of {n} answer, likely {likely}",
        "{segment}: NPS {nps} of {n} answers, likely {likely}",
        row.answers.responses,
        segment=name,
        nps=row.answers.display,
        likely=display(row.nps),
    )


def _table(facts: SegmentsFacts, rows: Sequence[Segment[str]], words: Words) -> TableBlock:
    head = [one_line(facts.column, VALUE_LENGTH) if facts.column else words("Group")]
    head += [words("Answers"), words("NPS"), words("Likely NPS")]
    cells: list[list[RawText | RichTextObject]] = [[RawText(cell) for cell in head]]
    for row in rows:
        figures = (words.number(row.answers.responses), row.answers.display, display(row.nps))
        cells.append([_cell(facts, row.name, words), *map(RawText, figures)])
    return TableBlock(cells)


def _cell(facts: SegmentsFacts, segment: str, words: Words) -> RawText | RichTextSection:
    if facts.column is not None or not _ID.fullmatch(segment):
        return RawText(one_line(segment, VALUE_LENGTH) if segment != REST else words("Not told"))
    named = RichTextUserGroup(segment) if segment.startswith("S") else RichTextChannel(segment)
    return RichTextSection([named])


def _said(facts: SegmentsFacts, found: Segmented, words: Words) -> list[str]:
    lines = []
    if found.told and len(found.told.rows) > 1:
        lines.append(_whether_they_differ(found.told, words))
    elif not found.told:
        lines.append(words("No group has answers enough to be shown."))
    if found.hidden:
        named = [_name(facts, one, words) for one in found.hidden]
        names = ", ".join(named[:NAMES_HIDDEN] + ["…"] * (len(named) > NAMES_HIDDEN))
        lines.append(words("Not shown, as it could give somebody away: {names}.", names=names))
    if facts.column is None:
        lines.append(
            words("People count where they were when the wave was planned; somebody in two counts in both.")
        )
    return lines


def _whether_they_differ(told: Segments[str], words: Words) -> str:
    if not told.differ_measurably:
        return words(
            "They do not differ measurably: chance alone could do this, so each one's likely NPS is that of all of them."
        )
    return words(
        "Few answers may be luck, so the fewer a group has, the nearer its likely NPS lies to that of all. "
        "The rows stand in its order."
    )


def _why_none(facts: SegmentsFacts, words: Words) -> list[str]:
    hidden = [one for one in facts.wave.result.hidden if one is not Hidden.DETAILS_TOO_FEW]
    if hidden:
        return why_hidden(replace(facts.wave, result=replace(facts.wave.result, hidden=tuple(hidden))), words)
    if facts.wave.result.hidden:
        details = minimum_for_details(facts.wave.result.fewest)
        return [words("Groups are shown from {details} answers on.", details=details)]
    return [
        words(
            "This wave knows no groups. A wave does when its survey asks several channels or user groups as it opens."
        )
    ]


def _with(wave: WaveFacts, cells: dict[frozenset[str], Tally], fewest: int = 0) -> WaveFacts:
    return replace(wave, result=replace(wave.result, segments=segmented([cells], fewest)))


_TEAMS = {
    frozenset({"C1", "S1"}): Tally(5, 3, 2),
    frozenset({"C1"}): Tally(9, 1, 0),
    frozenset({"C2"}): Tally(1, 6, 9),
    frozenset({"C3"}): Tally(1, 1, 1),
}
_ALIKE = {frozenset({"C1"}): Tally(5, 3, 2), frozenset({"C2"}): Tally(4, 4, 2)}

EXAMPLES = {
    "channels and a group": SegmentsFacts("Acme customers", _with(CLOSED_WAVE, _TEAMS)),
    "to colleagues": SegmentsFacts("Team pulse", _with(TEAM_WAVE, _TEAMS, fewest=5)),
    "no difference": SegmentsFacts("Team pulse", _with(TEAM_WAVE, _ALIKE, fewest=5)),
    "all hidden": SegmentsFacts(
        "Team pulse", _with(TEAM_WAVE, {frozenset({"C3"}): Tally(1, 1, 1)}, fewest=5)
    ),
    "by a column": SegmentsFacts(
        "Carried over",
        _with(
            IMPORTED_WAVE,
            {
                frozenset({"France & <co>"}): Tally(9, 4, 2),
                frozenset({"Belgium"}): Tally(2, 3, 6),
                frozenset({REST}): Tally(3, 2, 0),
            },
        ),
        "Country",
    ),
    "too few for details": SegmentsFacts(
        "Team pulse",
        replace(TEAM_WAVE, result=replace(TEAM_WAVE.result, hidden=(Hidden.DETAILS_TOO_FEW,), fewest=5)),
    ),
    "hidden": SegmentsFacts(
        "Team pulse",
        replace(
            TEAM_WAVE,
            result=replace(TEAM_WAVE.result, nps=None, tally=None, hidden=(Hidden.TOO_FEW,), fewest=5),
        ),
    ),
    "knows no groups": SegmentsFacts("Acme customers", CLOSED_WAVE),
}
