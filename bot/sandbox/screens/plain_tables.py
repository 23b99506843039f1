"""Tables and charts as columns of text."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from bot.sandbox.records import Json


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out rows of cells in aligned columns.

    >>> columns([["", "Count"], ["Promoters", "18"]])
    ['           Count', 'Promoters  18']
    """
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    ]


def chart(block: Json) -> list[str]:
    """Return a chart's title and its numbers, a row for each category or segment."""
    drawn = block["chart"]
    if drawn["type"] == "pie":
        rows = [[segment["label"], _number(segment["value"])] for segment in drawn["segments"]]
    else:
        values = [{point["label"]: point["value"] for point in series["data"]} for series in drawn["series"]]
        rows = [["", *(series["name"] for series in drawn["series"])]] + [
            [category, *(_number(each[category]) for each in values)]
            for category in drawn["axis_config"]["categories"]
        ]
    return [f"{block['title']} ({drawn['type']} chart)", *(f"  {line}" for line in columns(rows))]


def table(block: Json, read_rich_text: Callable[[Json], str]) -> list[str]:
    rows = [
        [read_rich_text(cell) if cell["type"] == "rich_text" else cell["text"] for cell in row]
        for row in block["rows"]
    ]
    caption = [block["caption"]] if "caption" in block else []
    return [*caption, *(f"  {line}" for line in columns(rows))]


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")
