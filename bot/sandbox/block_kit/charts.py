"""Slack's own charts (docs.slack.dev/reference/block-kit/blocks/data-visualization-block)."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from .objects import Id, Part, without_repeats

Label: TypeAlias = Annotated[str, Field(min_length=1, max_length=20)]
ChartNumber: TypeAlias = int | float


class ChartSegment(Part):
    label: Label
    value: ChartNumber = Field(gt=0)


class Pie(Part):
    type: Literal["pie"]
    segments: list[ChartSegment] = Field(min_length=1, max_length=6)


class Point(Part):
    label: Label
    value: ChartNumber


class Series(Part):
    name: Label
    data: list[Point] = Field(min_length=1, max_length=20)


class Axis(Part):
    categories: list[Label] = Field(min_length=1, max_length=20)
    x_label: str | None = Field(default=None, max_length=50)
    y_label: str | None = Field(default=None, max_length=50)


class SeriesChart(Part):
    type: Literal["line", "bar", "area"]
    series: list[Series] = Field(min_length=1, max_length=6)
    axis_config: Axis

    @model_validator(mode="after")
    def covers_the_categories(self) -> Self:
        categories = self.axis_config.categories
        without_repeats(categories, "category")
        without_repeats([series.name for series in self.series], "series")
        for series in self.series:
            if sorted(point.label for point in series.data) != sorted(categories):
                message = f"series {series.name!r} needs exactly one point for every category"
                raise ValueError(message)
        return self


class DataVisualization(Part):
    type: Literal["data_visualization"]
    block_id: Id | None = None
    title: str = Field(min_length=1, max_length=50)
    chart: Annotated[Pie | SeriesChart, Field(discriminator="type")]
