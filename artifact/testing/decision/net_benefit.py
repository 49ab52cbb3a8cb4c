"""Net benefit by dcurves, and the interval of its mean by statsmodels (PyPI: dcurves, statsmodels)."""
import sys

import pandas
from dcurves import dca
from statsmodels.stats.weightstats import DescrStatsW

rows = pandas.read_csv(sys.stdin)
thresholds = [float(text) for text in sys.argv[1:]]
curve = dca(rows, "target", ["prediction"], thresholds=thresholds).set_index(["model", "threshold"]).net_benefit
for t in thresholds:
    odds = t / (1 - t)
    positive = rows.prediction >= t
    each = positive * (rows.target - (1 - rows.target) * odds)
    low, high = DescrStatsW(each).zconfint_mean()
    print(*(repr(float(x)) for x in (curve["prediction", t], low, high, curve["all", t])))
