"""Fits one engine on the rows of each fold, and predicts those held out: peers.py FOLDER ENGINE THREADS [SECONDS TO TUNE EACH FOLD].

FOLDER has spec.json and cells-SHARE.csv. Writes ENGINE.f64 [shares][rows][outputs], and prints versions, times and memory as JSON.
`peers.py versions` lists the engines that this Python has.
"""

import glob, importlib, json, os, re, sys, time

modules = {
    "CatBoost": "catboost",
    "LightGBM": "lightgbm",
    "XGBoost": "xgboost",
    "HistGradientBoosting": "sklearn",
    "RandomForest": "sklearn",
    "ExtraTrees": "sklearn",
    "regression": "sklearn",
    "EBM": "interpret",
}


def version(module):
    try:
        return importlib.import_module(module).__version__
    except ImportError:
        return None


if sys.argv[1] == "versions":
    print(json.dumps({name: version(module) for name, module in modules.items()}))
    sys.exit()

import numpy as np
import pandas as pd

folder, engine, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
budget = float(sys.argv[4]) if len(sys.argv) > 4 else 0
spec = json.load(open(f"{folder}/spec.json"))
classes = spec["classes"]
fold = np.array(spec["fold"])
names = [column["name"] for column in spec["columns"]]
levels = {column["name"]: column["levels"] for column in spec["columns"] if "levels" in column}
# more than HistGradientBoosting takes
many = [name for name in levels if len(levels[name]) > 255]
few = [name for name in levels if name not in many]
numbers = [name for name in names if name not in levels]
seed = 1


def read(share):
    types = {name: str if name in levels else float for name in names} | ({spec["target"]: str} if classes else {})
    table = pd.read_csv(f"{folder}/cells-{share}.csv", dtype=types, keep_default_na=False, na_values=[""])
    return table[names].assign(**{name: pd.Categorical(table[name], levels[name]) for name in levels}), table[spec["target"]]


def encoded(model, categories):
    """The model behind the encoders that scikit-learn recommends: indicators of categories, and of many of them their mean target."""
    from sklearn.compose import ColumnTransformer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import TargetEncoder

    target_type = "continuous" if not classes else "binary" if len(classes) == 2 else "multiclass"
    steps = [("many", TargetEncoder(target_type=target_type, random_state=seed), many)] if many else []
    transformer = ColumnTransformer(
        [*steps, *categories], remainder="passthrough", sparse_threshold=0, verbose_feature_names_out=False
    ).set_output(transform="pandas")
    return make_pipeline(transformer, model)


def one_hot():
    from sklearn.preprocessing import OneHotEncoder

    return [("few", OneHotEncoder(handle_unknown="ignore", sparse_output=False), few)]


def make(settings):
    kind = "Classifier" if classes else "Regressor"
    if engine == "CatBoost":
        import catboost

        return getattr(catboost, f"CatBoost{kind}")(
            thread_count=threads,
            random_seed=seed,
            verbose=False,
            allow_writing_files=False,
            cat_features=list(levels),
            **settings,
        )
    if engine == "LightGBM":
        import lightgbm

        return getattr(lightgbm, f"LGBM{kind}")(n_jobs=threads, random_state=seed, verbose=-1, **settings)
    if engine == "XGBoost":
        import xgboost

        return getattr(xgboost, f"XGB{kind}")(n_jobs=threads, random_state=seed, enable_categorical=True, **settings)
    if engine == "EBM":
        from interpret import glassbox

        return getattr(glassbox, f"ExplainableBoosting{kind}")(n_jobs=threads, random_state=seed)
    from sklearn import ensemble, impute, linear_model, pipeline, preprocessing

    if engine == "HistGradientBoosting":
        model = getattr(ensemble, f"HistGradientBoosting{kind}")(
            categorical_features="from_dtype", random_state=seed, **settings
        )
        return encoded(model, []) if many else model
    if engine == "regression":
        filled = pipeline.make_pipeline(impute.SimpleImputer(), preprocessing.StandardScaler())
        model = linear_model.LogisticRegression(max_iter=1000) if classes else linear_model.Ridge()
        return pipeline.make_pipeline(encoded(filled, one_hot()), model)
    return encoded(getattr(ensemble, engine + kind)(n_jobs=threads, random_state=seed), one_hot())


def drawn(random):
    """Settings of a booster, from the ranges that its documentation names for tuning."""
    rate, l2 = 10 ** random.uniform(-2, -0.5), 10 ** random.uniform(-1, 1.5)
    leaves, depth = int(2 ** random.uniform(2, 7)), int(random.integers(3, 10))
    rounds = int(10 ** random.uniform(1.7, 3.2))
    rows, columns = random.uniform(0.5, 1), random.uniform(0.4, 1)
    return {
        "CatBoost": {"iterations": rounds, "learning_rate": rate, "depth": depth, "l2_leaf_reg": l2},
        "LightGBM": {
            "n_estimators": rounds,
            "learning_rate": rate,
            "num_leaves": leaves,
            "reg_lambda": l2,
            "subsample": rows,
            "subsample_freq": 1,
            "colsample_bytree": columns,
        },
        "XGBoost": {
            "n_estimators": rounds,
            "learning_rate": rate,
            "max_depth": depth,
            "reg_lambda": l2,
            "subsample": rows,
            "colsample_bytree": columns,
        },
        "HistGradientBoosting": {
            "max_iter": rounds,
            "learning_rate": rate,
            "max_leaf_nodes": leaves,
            "l2_regularization": l2,
            "max_features": columns,
        },
    }[engine]


def tune(x, y):
    """The settings with the least loss in three folds, among those that the seconds were enough for; the first are the defaults."""
    from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score

    began, random = time.perf_counter(), np.random.default_rng(seed)
    inner = (StratifiedKFold if classes else KFold)(3, shuffle=True, random_state=seed)
    tried = []
    while not tried or time.perf_counter() - began < budget * len(tried) / (len(tried) + 1):
        settings = drawn(random) if tried else {}
        scores = cross_val_score(make(settings), x, y, cv=inner, scoring="neg_log_loss" if classes else "neg_mean_squared_error")
        tried.append((-scores.mean(), len(tried), settings))
    return min(tried)[2]


def prepared(x):
    """CatBoost takes categories as text."""
    if engine != "CatBoost":
        return x
    return x.assign(**{name: x[name].astype(object).where(x[name].notna(), "missing") for name in levels})


def predict(model, x, present):
    """[rows × outputs]; a class that no training row has gets no probability."""
    if not classes:
        return np.asarray(model.predict(x), float).ravel()
    found = np.zeros((len(x), len(classes)))
    found[:, present] = model.predict_proba(x)
    return found[:, 1] if len(classes) == 2 else found


def spent():
    """Seconds of processor time of this process and of those that it started (proc_pid_stat(5))."""
    stats = []
    for place in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(place) as file:
                stats.append((int(place.split("/")[2]), file.read().rpartition(")")[2].split()))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended
    own = os.getpid()
    ticks = [sum(map(int, stat[11:13])) + (sum(map(int, stat[13:15])) if pid == own else 0) for pid, stat in stats if own in (pid, int(stat[1]))]
    return sum(ticks) / os.sysconf("SC_CLK_TCK")


tables = [read(share) for share in spec["shares"]]
x, y = prepared(tables[0][0]), tables[0][1]
seconds, cpu, notes, answers = [], [], [], [[] for _ in tables]
make({})  # imports take no time of the fit
for held_out in spec["heldOut"]:
    train = fold != held_out
    own, labels = np.unique([classes.index(each) for each in y[train]], return_inverse=True) if classes else ([], y[train])
    began, before = time.perf_counter(), spent()
    settings = tune(x[train], labels) if budget > 0 else {}
    model = make(settings).fit(x[train], labels)
    seconds.append(time.perf_counter() - began)
    cpu.append(spent() - before)
    if settings:
        notes.append(json.dumps(settings))
    for place, (cells, _) in enumerate(tables):
        answers[place].append(predict(model, prepared(cells[~train]), own))
np.concatenate([each.ravel() for share in answers for each in share]).astype("<f8").tofile(f"{folder}/{engine}{'-tuned' if budget else ''}.f64")
peak = int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])
print(json.dumps({"version": version(modules[engine]), "seconds": seconds, "cpu": cpu, "peak": peak, "notes": notes}))
