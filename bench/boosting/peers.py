"""Grows boosted trees with one engine, and prints times, memory and held-out loss as JSON. Arguments: key=value; `engine=versions` lists engines."""
import importlib, json, re, sys, time

import numpy as np

spec = dict(pair.split("=", 1) for pair in sys.argv[1:])
number = lambda name: int(spec[name])
modules = {"XGBoost": "xgboost", "LightGBM": "lightgbm", "scikit-learn": "sklearn"}


def version(module):
    try:
        return importlib.import_module(module).__version__
    except ImportError:
        return None


if spec["engine"] == "versions":
    print(json.dumps({name: version(module) for name, module in modules.items()}))
    sys.exit()


def read(file, rows):
    cells = np.fromfile(file).reshape(-1, rows)
    return np.ascontiguousarray(cells[:-1].T), cells[-1].astype(int)


def make():
    rounds, leaves, rate, threads = number("rounds"), number("leaves"), float(spec["rate"]), number("threads")
    if spec["engine"] == "XGBoost":
        from xgboost import XGBClassifier

        return XGBClassifier(
            n_estimators=rounds,
            max_leaves=leaves,
            grow_policy="lossguide",
            max_depth=0,
            learning_rate=rate,
            tree_method="hist",
            n_jobs=threads,
        )
    if spec["engine"] == "LightGBM":
        from lightgbm import LGBMClassifier

        return LGBMClassifier(n_estimators=rounds, num_leaves=leaves, learning_rate=rate, n_jobs=threads, verbose=-1)
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(max_iter=rounds, max_leaf_nodes=leaves, learning_rate=rate, early_stopping=False)


def peak():
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read())[1])


x, y = read(spec["train"], number("rows"))
test_x, test_y = read(spec["test"], number("testRows"))
model = make()
began, cpu = time.perf_counter(), time.process_time()
model.fit(x, y)
seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
p = np.clip(model.predict_proba(test_x)[:, 1].astype(float), 1e-15, 1 - 1e-15)
loss = float(-np.mean(np.where(test_y == 1, np.log(p), np.log(1 - p))))
print(json.dumps({"seconds": seconds, "cpu": cpu, "loss": loss, "peak": peak()}))
