"""`make kill`: what follows a case up is killed −9 at each of its points and begun again. It comes once, or somebody knows of the doubt."""

from datetime import timedelta

from bot.cases.overdue import CASE_OVERDUE
from bot.cases.posting import CASE_LINE
from storage.tables import Case
from storage.words import CaseState, RunState
from tests.cases.follow_up import CARE, TAKE
from tests.deaths.heard import about, ask, may_be_contacted, run_of, told
from tests.deaths.lives import at_each_point, lives_in
from tests.journeys.office import CHEN, Office

DOUBT = "Slack never confirmed a follow-up card"
LATE = "has waited for two working days"


async def case_of(office: Office, user: str) -> Case:
    [case] = [one for one in await office.rows(Case) if one.user_id == user]
    return case


async def test_a_card_stands_once_or_a_manager_is_told_to_look(office_on_each: Office) -> None:
    office = office_on_each
    people = await ask(office)
    async with lives_in(office) as lives:

        async def try_out(point: int) -> bool:
            before = told(office, DOUBT)
            await may_be_contacted(office, people[point])
            died = await lives.look(point)
            await lives.recover()

            stands, doubts = len(about(office, CARE, people[point])), told(office, DOUBT) - before
            assert (stands, doubts) in {(1, 0), (1, 1), (0, 1)}, point
            return died

        assert await at_each_point(try_out) >= 4
    assert told(office, DOUBT) >= 2


async def test_a_case_that_is_taken_says_so_and_its_person_reads_once_who_has_it(
    office_on_each: Office,
) -> None:
    office = office_on_each
    people = await ask(office)
    async with lives_in(office) as lives:

        async def try_out(point: int) -> bool:
            user = people[point]
            await may_be_contacted(office, user)
            await lives.look()
            [card] = about(office, CARE, user)

            async def is_over() -> bool:
                case = await case_of(office, user)
                return case.line_ts is not None and case.drawn == case.version

            died = await lives.serve(point, lambda: office.driver.click(CHEN, card, TAKE), is_over)
            await lives.recover()

            case, [card] = await case_of(office, user), about(office, CARE, user)
            lines = [one for one in office.slack.direct_messages(user) if "will write to you" in one.text]
            run = await run_of(office, CASE_LINE, case.id)
            if case.state is CaseState.OPEN:  # it died before that was stored, and the card says so
                assert ("Nobody has taken it yet" in card.text, lines, run) == (True, [], None), point
            else:
                assert f"<@{CHEN}> has it" in card.text, point
                assert (run, len(lines)) in {
                    (RunState.DONE, 1),
                    (RunState.UNCERTAIN, 1),
                    (RunState.UNCERTAIN, 0),
                }, point
            return died

        assert await at_each_point(try_out) >= 6


async def test_an_overdue_case_is_raised_once(office_on_each: Office) -> None:
    office = office_on_each
    people = await ask(office)
    async with lives_in(office) as lives:

        async def try_out(point: int) -> bool:
            case = await may_be_contacted(office, people[point], timedelta(minutes=1))
            await lives.look()
            raised = len(about(office, CARE, LATE))
            office.clock.forward(minutes=2)
            died = await lives.look(point)
            await lives.recover()

            now = len(about(office, CARE, LATE)) - raised
            run = await run_of(office, CASE_OVERDUE, case.id)
            assert (run, now) in {(RunState.DONE, 1), (RunState.UNCERTAIN, 1), (RunState.UNCERTAIN, 0)}, point
            return died

        assert await at_each_point(try_out) >= 3
