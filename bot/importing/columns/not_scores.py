"""What a file holds that are no scores from 0 to 10: each class has one sentence that says what to do."""

from bot.importing.errors import ImportProblem, short


class OtherScale(ImportProblem):
    """`seen` says which scores there are, and `scale` which scale that looks like."""

    def __init__(self, column: str, seen: str, scale: str) -> None:
        super().__init__(
            f"Column “{column}” has {seen}: this looks like a scale of {scale}, of which no NPS can be made. "
            "If the question was asked from 0 to 10, say --any-scale."
        )


class NpsFigures(ImportProblem):
    def __init__(self, column: str, example: str) -> None:
        super().__init__(
            f"Column “{column}” holds figures from −100 to 100 such as {short(example)}, not people's scores: an NPS that is "
            "already computed cannot be taken apart. Export the single answers and import those."
        )


class WeightsOnly(ImportProblem):
    def __init__(self, column: str) -> None:
        super().__init__(
            f"Column “{column}” holds the weights 100, 0 and −100 in place of scores: who gave a 9 and who a 10 is lost. "
            "Export the answers again with the actual answer text instead of numeric values, and import that file."
        )


class CategoriesOnly(ImportProblem):
    def __init__(self, column: str) -> None:
        super().__init__(
            f"Column “{column}” tells promoters, passives and detractors, and no column their scores from 0 to 10, "
            "which every report here is made of. Export the answers again with their scores."
        )


class CountTable(ImportProblem):
    def __init__(self, column: str, count: str) -> None:
        super().__init__(
            f"This is a table of how many gave each score, not of answers. Take each row of “{column}” as many times "
            f"as “{short(count)}” says with --count-column “{short(count)}”."
        )
