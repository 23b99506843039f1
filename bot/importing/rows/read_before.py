"""How earlier releases read a record, where they read it otherwise: what they stored is known by that."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import tzinfo

from bot.importing.columns.roles import Columns
from bot.importing.files.rows import ReadBefore
from bot.importing.options import Options
from bot.importing.rows.moments import moment_of, written_zone
from bot.importing.rows.reasons import AsRead, are_read_otherwise, drivers_of


def read_before(
    columns: Columns, choices: Mapping[str, int], options: Options, read: AsRead
) -> tuple[Callable[[list[str]], ReadBefore], tzinfo] | None:
    """Give what they read of a record, and the zone in which its moment was written; None where they read it as this one does.

    They knew of dates in several columns the first, or none, took days and months as a spreadsheet had swapped them,
    reasons to the letter, which are `read` now, and uncut at slashes, and what says one thing in all rows for a reason.
    """
    moments = tuple(dict.fromkeys(column for moment in columns.moments for column in moment.read_before))
    zone = columns.time_zone_before
    same = moments == columns.moments and zone == columns.time_zone and not options.days_swapped
    if same and not columns.joined_before and not are_read_otherwise(columns, choices, read):
        return None
    if columns.joined_before:
        choices = Counter(columns.joined_before.values)
        columns = replace(columns, joined=columns.joined_before)
    moment_of_record = moment_of(moments, zone, replace(options, days_swapped=False))
    cells, drivers = drivers_of(columns, choices, options, str, before=True) or (None, None)

    def before(record: list[str]) -> ReadBefore:
        return ReadBefore(
            moment_of_record(record) if moment_of_record else None,
            drivers(cells(record)) if drivers and cells else (),
        )

    return before, written_zone(moments, zone, options)
