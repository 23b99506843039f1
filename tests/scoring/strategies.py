from hypothesis import strategies as st

from scoring.nps import Tally

counts = st.integers(min_value=0, max_value=100_000)
confidences = st.floats(min_value=0.5, max_value=0.999)
scores = st.integers(min_value=0, max_value=10)
tallies = st.builds(Tally, counts, counts, counts)
answered_tallies = tallies.filter(lambda answers: answers.responses > 0)
few = st.integers(min_value=0, max_value=12)
small_tallies = st.builds(Tally, few, few, few)
