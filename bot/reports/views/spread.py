"""How the scores from 0 to 10 are spread: drawn, and the same in a line."""

from slackblocks import (
    AxisConfig,
    BarChart,
    Block,
    DataPoint,
    DataSeries,
    DataVisualizationBlock,
    SectionBlock,
)

from bot.message import mrkdwn
from bot.reports.views.wave import WaveFacts
from bot.wording import Words


def spread_line(wave: WaveFacts, words: Words) -> str:
    """Give "Answers by score: 0: 1 · 1: 0 …"; nothing where it may not be shown."""
    scores = wave.result.scores
    if scores is None or not scores.responses:
        return ""
    each = " · ".join(f"{score}: {words.number(many)}" for score, many in enumerate(scores.counts))
    return words("Answers by score: {each}", each=each)


def spread_blocks(wave: WaveFacts, words: Words, *, with_chart: bool) -> list[Block]:
    """Draw the scores, of the last closed wave where this one tells nothing yet; without a chart, in a line."""
    drawn = wave.before if wave.is_open and not wave.result.nps and wave.before else wave
    line = spread_line(drawn, words)
    if not line or drawn.result.scores is None:
        return []
    if not with_chart:
        return [SectionBlock(mrkdwn(line))]
    points = [
        DataPoint(label=str(score), value=many) for score, many in enumerate(drawn.result.scores.counts)
    ]
    return [
        DataVisualizationBlock(
            title=words("Answers by score"),
            chart=BarChart(
                series=[DataSeries(words("Answers"), points)],
                axis_config=AxisConfig([point.label for point in points]),
            ),
        )
    ]
