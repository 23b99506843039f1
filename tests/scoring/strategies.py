from hypothesis import strategies as st

from scoring.nps import Tally

counts = st.integers(min_value=0, max_value=100_000)
confidences = st.floats(min_value=0.5, max_value=0.999)
scores = st.integers(min_value=0, max_value=10)
tallies = st.builds(Tally, counts, counts, counts)
answered_tallies = tallies.filter(lambda answers: answers.responses > 0)
few = st.integers(min_value=0, max_value=12)
small_tallies = st.builds(Tally, few, few, few)


def mirror(answers: Tally) -> Tally:
    """Swap promoters and detractors, which turns the sign of the NPS."""
    return Tally(promoters=answers.detractors, passives=answers.passives, detractors=answers.promoters)
