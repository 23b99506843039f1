"""Our own export into the survey that it came from: what stands there already is known by what it says."""

from collections import Counter
from collections.abc import Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.importing.batches import Batch
from bot.importing.foreign_file import Export
from bot.importing.on_disk import OnDisk
from bot.importing.options import Format
from bot.importing.outcome import Imported
from bot.importing.periods import own_label
from bot.importing.rows.keys import own_content, own_key
from storage.exporting import given_answers
from storage.importing.imported_answers import ImportedAnswers
from storage.tables import Survey


class OwnAnswers(OnDisk):
    """The keys that the answers of a survey would have in its own export, kept on disk; of any other file, none."""

    def __init__(self, export: Export) -> None:
        self._is_own = export.recognised.format is Format.NPS_BOT
        super().__init__("known (key PRIMARY KEY, times INTEGER) WITHOUT ROWID")

    async def look(self, session: AsyncSession, survey: Survey) -> None:
        """Remember what the survey's answers say."""
        if not self._is_own:
            return
        async for page in given_answers(session, survey.id):
            for answer in page:
                wave = own_label(str(answer.wave))
                content = own_content(
                    wave, answer.day.isoformat(), answer.score, answer.comment, answer.drivers
                )
                first = own_key(survey.id, content, 0)
                self._database.execute(
                    "INSERT INTO known VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1", (first,)
                )
                (times,) = self._database.execute(
                    "SELECT times FROM known WHERE key = ?", (first,)
                ).fetchone()
                self._database.execute(
                    "INSERT INTO known VALUES (?, 1) ON CONFLICT DO NOTHING",
                    (own_key(survey.id, content, times),),
                )

    def without_known(self, batch: Batch, done: Imported) -> Mapping[str, ImportedAnswers]:
        """Give the answers that the survey has not yet; the others are counted as known."""
        if not self._is_own:
            return batch.answers
        fresh: dict[str, ImportedAnswers] = {}
        for label, answers in batch.answers.items():
            known = {key for key in answers.keys if self._has(key)}
            scores = (score for key, score in zip(answers.keys, answers.scores, strict=True) if key in known)
            done.scores += Counter(scores)
            fresh[label] = answers.without(known)
        return fresh

    def _has(self, key: bytes) -> bool:
        return self._database.execute("SELECT 1 FROM known WHERE key = ?", (key,)).fetchone() is not None
