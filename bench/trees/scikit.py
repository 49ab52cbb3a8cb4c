import json, os, re, sys, time

import numpy as np
from sklearn.ensemble import RandomForestClassifier

spec = dict(pair.split("=", 1) for pair in sys.argv[1:])
number = lambda name: int(spec[name])


def read(file, rows):
    cells = np.fromfile(file).reshape(-1, rows)
    # the number type of scikit-learn's trees, so that no conversion is timed
    return np.ascontiguousarray(cells[:-1].T, dtype=np.float32), cells[-1].astype(int)


def timed(work):
    """As measure.ts times."""

    def once():
        began, cpu = time.perf_counter(), time.process_time()
        work()
        return time.perf_counter() - began, time.process_time() - cpu

    began = time.perf_counter()
    spent = lambda: time.perf_counter() - began
    last = once()
    budget = float(spec["budget"])
    times = [last] if spent() * number("runs") > budget else []
    while len(times) < number("runs") and (not times or spent() + last[0] < budget):
        last = once()
        times.append(last)
    return [list(column) for column in zip(*times)]


def peak():
    if not os.path.exists("/proc/self/status"):
        return None
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read())[1])


x, y = read(spec["train"], number("rows"))
test_x, test_y = read(spec["test"], number("testRows"))
forest = RandomForestClassifier(
    number("trees"),
    max_features=number("columnsPerSplit"),
    min_samples_leaf=number("leaf"),
    n_jobs=number("threads"),
    random_state=number("seed"),
)

if spec["task"] == "grow":
    seconds, cpu = timed(lambda: forest.fit(x, y))
    brier = float(np.mean((forest.predict_proba(test_x)[:, 1] - test_y) ** 2))
    print(json.dumps({"seconds": seconds, "cpu": cpu, "brier": brier, "peak": peak()}))
else:
    forest.fit(x, y)
    one, _ = timed(lambda: forest.predict_proba(test_x[:1]))
    batch, _ = timed(lambda: forest.predict_proba(test_x))
    print(json.dumps({"one": one, "batch": batch}))
