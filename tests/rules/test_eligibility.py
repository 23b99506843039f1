from bot.rules.eligibility import Candidate, Verdict, may_invite


def test_people_may_be_invited() -> None:
    assert may_invite(Candidate("U1", is_bot=False, is_deactivated=False)) == Verdict.yes()


def test_bots_and_those_who_left_may_not_and_the_reason_is_said() -> None:
    assert may_invite(Candidate("U1", is_bot=True, is_deactivated=False)) == Verdict.no("bot")
    assert may_invite(Candidate("U1", is_bot=False, is_deactivated=True)) == Verdict.no("deactivated")
    assert may_invite(Candidate("U1", is_bot=True, is_deactivated=True)) == Verdict.no("bot")
