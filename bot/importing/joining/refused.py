"""Why rows of one question each are not joined."""

from bot.importing.errors import ImportProblem, short


class NothingJoins(ImportProblem):
    def __init__(self, question: str, answer: str) -> None:
        super().__init__(
            f"Each row of this file is one question of an answer (column “{short(question)}”), and no column joins the rows "
            "of one response: its comment would be lost. Export the file with the id of the response in each row, and name "
            f"it with --id-column where I do not know it; or take the scores alone with --score-column “{short(answer)}”."
        )


class TooWide(ImportProblem):
    def __init__(self, line: int, cells: int, columns: int) -> None:
        super().__init__(
            f"Line {line}: there are {cells} cells below {columns} columns; a cell with a separator may lack its quotes. "
            "The rows of one response can be joined only where all are whole: mend the line."
        )
