"""Trains small models with the tools that are installed, and writes each model with the tool's own answers.

    python models.py FOLDER ROWS [ONLY]

For each model: NAME.json, .ubj, .txt or .onnx, and NAME.answers.json: columns, rows (categories by their values, null where missing), raw
scores and answers. Rows lie on every threshold, one step of float32 and of float64 beside it, halfway between two float32, and on each
category; some values are missing, some categories are not listed. Answers come from codes in a plain matrix, by one thread.
"""

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np

folder, count = Path(sys.argv[1]), int(sys.argv[2])
only = sys.argv[3] if len(sys.argv) > 3 else ""
folder.mkdir(parents=True, exist_ok=True)
# for the tests
small = count < 100
LEVELS = {"colour": ["blue", "green", "grey", "red"], "town": [f"town {i:02d}" for i in range(40)]}


def table(seed, n=600, missing=True, categories=False, scale=1.0):
    """Numbers of several sizes: small whole ones, of either sign, near 0, beyond 2^24 where float32 has gaps."""
    r = np.random.default_rng(seed)
    x = {
        "age": r.integers(18, 90, n).astype(float),
        "size": r.normal(0, 1, n) * scale,
        "tenth": np.round(r.random(n), 1),
        "large": 16777216 + r.integers(0, 60, n).astype(float),
        "zero": np.where(r.random(n) < 0.5, 0.0, r.normal(0, 2, n)),
    }
    for name, levels in LEVELS.items() if categories else []:
        x[name] = r.integers(0, len(levels), n).astype(float)
    y = x["age"] / 40 + np.sin(x["size"]) + x["tenth"] + (x["large"] - 16777216) / 40 - (x["zero"] == 0)
    if categories:
        y = y + (x["colour"] == 2) * 1.5 + np.isin(x["town"] % 7, [1, 3]) * 2
    y = y + r.normal(0, 0.5, n)
    matrix = np.column_stack(list(x.values()))
    if missing:
        for c in range(matrix.shape[1]):
            matrix[r.random(n) < 0.12, c] = np.nan
    return list(x), matrix, y, r


def near(thresholds):
    """Each threshold with its neighbours, as float64."""
    out = []
    for t in thresholds:
        f = np.float32(t)
        with np.errstate(over="ignore"):
            below, above = np.nextafter(f, np.float32(-np.inf)), np.nextafter(f, np.float32(np.inf))
        for v in (t, float(f), float(below), float(above), (float(below) + float(f)) / 2, (float(f) + float(above)) / 2):
            out += [v, np.nextafter(v, -np.inf), np.nextafter(v, np.inf)]
    return [v for v in out if abs(v) < 3e38]


def probes(names, thresholds, levels, r, missing=True):
    """Rows of codes. @param thresholds by place of the column"""
    values = []
    for i, name in enumerate(names):
        if name in levels:
            codes = list(range(len(levels[name])))
            values.append([float(c) for c in codes] + [float(len(codes)), float(len(codes) + 5)])
        else:
            values.append(near(sorted(set(thresholds.get(i, [])))) + [0.0, -0.0, 1e-35, -1.0000000180025095e-35, 1e30, -1e30, 0.5])
    rows = np.empty((count, len(names)))
    for i, some in enumerate(values):
        order = np.concatenate([r.permutation(len(some)) for _ in range(count // len(some) + 1)])[:count]
        rows[:, i] = np.asarray(some)[order]
        if missing:
            rows[r.random(count) < 0.1, i] = np.nan
    return rows


def cell(value, levels):
    if np.isnan(value):
        return None
    if levels is None:
        return float(value)
    return levels[int(value)] if int(value) < len(levels) else f"not listed {int(value)}"


def write(name, names, rows, levels, scores, outputs, about):
    listed = [[cell(v, levels.get(names[i])) for i, v in enumerate(row)] for row in rows]
    flat = lambda a: None if a is None else [float(v) for v in np.asarray(a, dtype=np.float64).ravel()]
    answers = {"about": about, "columns": names, "rows": listed, "scores": flat(scores), "outputs": flat(outputs)}
    (folder / f"{name}.answers.json").write_text(json.dumps(answers, separators=(",", ":")))
    print(name)


def wanted(name):
    return only in name


def xgboost_thresholds(booster):
    found = {}

    def collect(part):
        if isinstance(part, dict):
            if "split_conditions" in part:
                kinds = part.get("split_type", [])
                for node, left in enumerate(part["left_children"]):
                    if left != -1 and not (kinds and kinds[node]):
                        found.setdefault(part["split_indices"][node], []).append(float(np.float32(part["split_conditions"][node])))
            else:
                for each in part.values():
                    collect(each)
        elif isinstance(part, list) and part and isinstance(part[0], dict):
            for each in part:
                collect(each)

    collect(json.loads(booster.save_raw("json").decode()))
    return found


def write_xgboost(name, booster, names, r, about, iterations=(0, 0)):
    """A booster that was trained on a cluster: it saves the same file, and answers a plain matrix."""
    import xgboost as xgb

    rows = probes(names, xgboost_thresholds(booster), {}, r)
    booster.feature_names = names
    booster.save_model(folder / f"{name}.json")
    matrix = xgb.DMatrix(rows, feature_names=names, nthread=1)
    scores = booster.predict(matrix, output_margin=True, iteration_range=iterations)
    write(name, names, rows, {}, scores, booster.predict(matrix, iteration_range=iterations), about)


def xgboost_models():
    import xgboost as xgb

    version = xgb.__version__
    tag = "xgboost-" + ".".join(version.split(".")[:2])
    major = tuple(int(v) for v in version.split(".")[:2])
    setups = {
        "logistic": dict(objective="binary:logistic"),
        "logistic-complete": dict(objective="binary:logistic", _missing=False),
        "logistic-sets": dict(objective="binary:logistic", max_cat_to_onehot=1, _categories=True),
        "logistic-onehot": dict(objective="binary:logistic", max_cat_to_onehot=100, _categories=True),
        "logistic-frame": dict(objective="binary:logistic", max_cat_to_onehot=1, _categories=True, _frame=True),
        "logistic-weights": dict(objective="binary:logistic", _weights=True, scale_pos_weight=3.5),
        "logistic-base": dict(objective="binary:logistic", base_score=0.07),
        "logistic-deep": dict(objective="binary:logistic", max_depth=9, _rounds=60),
        "logistic-exact": dict(objective="binary:logistic", tree_method="exact"),
        "logistic-parallel": dict(objective="binary:logistic", num_parallel_tree=3, subsample=0.7, eta=1.0),
        "logitraw": dict(objective="binary:logitraw"),
        "reg-logistic": dict(objective="reg:logistic"),
        "dart": dict(objective="binary:logistic", booster="dart", rate_drop=0.3),
        "dart-squared": dict(objective="reg:squarederror", booster="dart", rate_drop=0.5, one_drop=1),
        "squared": dict(objective="reg:squarederror"),
        "squared-sets": dict(objective="reg:squarederror", max_cat_to_onehot=1, _categories=True, max_depth=8),
        "squared-large": dict(objective="reg:squarederror", _scale=1e20),
        "squared-small": dict(objective="reg:squarederror", _scale=1e-30),
        "squared-lossguide": dict(objective="reg:squarederror", grow_policy="lossguide", max_leaves=40, max_depth=0),
        "absolute": dict(objective="reg:absoluteerror"),
        "pseudohuber": dict(objective="reg:pseudohubererror"),
        "squaredlog": dict(objective="reg:squaredlogerror", _positive=True),
        "poisson": dict(objective="count:poisson", _count=True),
        "gamma": dict(objective="reg:gamma", _positive=True),
        "tweedie": dict(objective="reg:tweedie", _positive=True),
        "cox": dict(objective="survival:cox", _positive=True),
        "softprob": dict(objective="multi:softprob", num_class=3),
        "softmax": dict(objective="multi:softmax", num_class=4),
        "softprob-sets": dict(objective="multi:softprob", num_class=3, max_cat_to_onehot=1, _categories=True),
        "softprob-dart": dict(objective="multi:softprob", num_class=3, booster="dart", rate_drop=0.3),
        "softprob-vector": dict(objective="multi:softprob", num_class=3, multi_strategy="multi_output_tree"),
        "ranking": dict(objective="rank:pairwise", _group=True),
        "quantile": dict(objective="reg:quantileerror", quantile_alpha=0.8),
        "quantiles": dict(objective="reg:quantileerror", quantile_alpha=[0.1, 0.5, 0.9]),
        "early": dict(objective="binary:logistic", _early=True),
        "constraint": dict(objective="binary:logistic", monotone_constraints="(1,0,0,0,0)"),
    }
    for i, (short, setup) in enumerate(setups.items()):
        name = f"{tag}-{short}"
        if not wanted(name) or (major < (2, 0) and short in ("softprob-vector", "quantile", "quantiles")) or (major < (3, 1) and short == "logistic-frame") or (major >= (3, 4) and short == "quantiles"):
            continue
        own = {k: v for k, v in setup.items() if k.startswith("_")}
        params = {k: v for k, v in setup.items() if not k.startswith("_")}
        names, x, y, r = table(i, missing=own.get("_missing", True), categories=own.get("_categories", False), scale=own.get("_scale", 1.0))
        objective = params["objective"]
        k = params.get("num_class", 1)
        if k > 1:
            y = np.digitize(y, np.quantile(y, np.linspace(0, 1, k + 1)[1:-1])).astype(float)
        elif "logi" in objective or "rank" in objective:
            y = (y > np.median(y)).astype(float)
        elif own.get("_count"):
            y = np.random.default_rng(i).poisson(np.exp(np.clip(y / 3, -2, 3))).astype(float)
        elif own.get("_positive"):
            y = np.exp(np.clip(y / 4, -3, 3))
        levels = LEVELS if own.get("_categories") else {}
        if levels and not own.get("_frame"):
            # without a data frame the values are the codes
            levels = {n: [str(c) for c in range(len(v))] for n, v in levels.items()}
        types = ["c" if n in levels else "q" for n in names]
        make = lambda m, label=None, **more: xgb.DMatrix(m, label=label, feature_names=names, feature_types=types if isinstance(m, np.ndarray) else None, nthread=1, **({"enable_categorical": True} if levels else {}), **more)
        data = x
        if own.get("_frame"):
            import pandas as pd

            data = pd.DataFrame(x, columns=names)
            for n in levels:
                codes = np.where(np.isnan(data[n]), -1, data[n]).astype(int)
                data[n] = pd.Categorical.from_codes(codes, categories=levels[n])
        d = make(data, y, **({"weight": r.random(len(y)) + 0.1} if own.get("_weights") else {}))
        if own.get("_group"):
            d.set_group([50] * 12)
        params.setdefault("tree_method", "hist")
        params.setdefault("max_depth", 3 if small else 4)
        params["nthread"] = 1
        rounds = 3 if small else own.get("_rounds", 12)
        more = {}
        if own.get("_early"):
            more = dict(evals=[(make(x[:200], r.permutation(y[:200])), "e")], early_stopping_rounds=3, verbose_eval=False)
        booster = xgb.train(params, d, rounds, **more)
        rows = probes(names, xgboost_thresholds(booster), levels, r)
        probe = make(rows)
        # an early stopped booster answers with all its rounds
        whole = {} if not own.get("_early") else {"iteration_range": (0, booster.num_boosted_rounds())}
        scores = booster.predict(probe, output_margin=True, **whole)
        outputs = None if objective in ("multi:softmax", "binary:logitraw") else booster.predict(probe, **whole)
        ending = "ubj" if i % 3 == 2 else "json"
        booster.save_model(folder / f"{name}.{ending}")
        write(name, names, rows, levels, scores, outputs, f"XGBoost {version}, {short}")


def lightgbm_thresholds(booster):
    found = {}
    for block in booster.model_to_string().split("\nTree=")[1:]:
        lines = dict(line.split("=", 1) for line in block.split("\n") if "=" in line)
        if not lines.get("split_feature"):
            continue
        for f, t, kind in zip(lines["split_feature"].split(), lines["threshold"].split(), lines["decision_type"].split()):
            if not int(kind) & 1:
                found.setdefault(int(f), []).append(float(t))
    return found


def lightgbm_models():
    import lightgbm as lgb

    version = lgb.__version__
    tag = "lightgbm-" + ".".join(version.split(".")[:2])
    setups = {
        "binary": dict(objective="binary"),
        "binary-complete": dict(objective="binary", _missing=False),
        "binary-sigmoid": dict(objective="binary", sigmoid=2.5),
        "binary-sets": dict(objective="binary", _categories=True, min_data_per_group=5, cat_smooth=1, max_cat_to_onehot=1),
        "binary-onehot": dict(objective="binary", _categories=True, max_cat_to_onehot=100, min_data_per_group=5),
        "binary-frame": dict(objective="binary", _categories=True, _frame=True, min_data_per_group=5, cat_smooth=1),
        "binary-weights": dict(objective="binary", _weights=True, scale_pos_weight=3.0),
        "binary-deep": dict(objective="binary", num_leaves=200, min_data_in_leaf=2, _rounds=40),
        "zero": dict(objective="regression", zero_as_missing=True),
        "zero-binary": dict(objective="binary", zero_as_missing=True, num_leaves=31),
        "never-missing": dict(objective="regression", use_missing=False),
        "dart": dict(objective="binary", boosting="dart", drop_rate=0.5),
        "goss": dict(objective="regression", boosting="goss"),
        "rf": dict(objective="binary", boosting="rf", bagging_freq=1, bagging_fraction=0.7),
        "rf-regression": dict(objective="regression", boosting="rf", bagging_freq=1, bagging_fraction=0.7),
        "regression": dict(objective="regression"),
        "regression-sets": dict(objective="regression", _categories=True, min_data_per_group=5, cat_smooth=1),
        "regression-large": dict(objective="regression", _scale=1e20),
        "regression-small": dict(objective="regression", _scale=1e-30),
        "l1": dict(objective="regression_l1"),
        "huber": dict(objective="huber"),
        "fair": dict(objective="fair"),
        "mape": dict(objective="mape"),
        "quantile": dict(objective="quantile", alpha=0.8),
        "poisson": dict(objective="poisson", _count=True),
        "gamma": dict(objective="gamma", _positive=True),
        "tweedie": dict(objective="tweedie", _positive=True),
        "cross-entropy": dict(objective="cross_entropy"),
        "multiclass": dict(objective="multiclass", num_class=3),
        "multiclass-sets": dict(objective="multiclass", num_class=3, _categories=True, min_data_per_group=5, cat_smooth=1),
        "ova": dict(objective="multiclassova", num_class=3, sigmoid=1.5),
        "multiclass-rf": dict(objective="multiclass", num_class=3, boosting="rf", bagging_freq=1, bagging_fraction=0.7),
        "ranking": dict(objective="lambdarank", _group=True),
        "early": dict(objective="binary", _early=True),
    }
    for i, (short, setup) in enumerate(setups.items()):
        name = f"{tag}-{short}"
        if not wanted(name):
            continue
        own = {k: v for k, v in setup.items() if k.startswith("_")}
        params = {k: v for k, v in setup.items() if not k.startswith("_")}
        names, x, y, r = table(100 + i, missing=own.get("_missing", True), categories=own.get("_categories", False), scale=own.get("_scale", 1.0))
        k = params.get("num_class", 1)
        if k > 1:
            y = np.digitize(y, np.quantile(y, np.linspace(0, 1, k + 1)[1:-1])).astype(float)
        elif params["objective"] in ("binary", "cross_entropy", "lambdarank"):
            y = (y > np.median(y)).astype(float)
        elif own.get("_count"):
            y = np.random.default_rng(i).poisson(np.exp(np.clip(y / 3, -2, 3))).astype(float)
        elif own.get("_positive"):
            y = np.exp(np.clip(y / 4, -3, 3))
        levels = dict(LEVELS) if own.get("_categories") else {}
        params = {"verbose": -1, "num_threads": 1, "num_leaves": 6 if small else 15, "min_data_in_leaf": 5, "deterministic": True, **params}
        data = x
        categorical = [n for n in names if n in levels]
        if own.get("_frame"):
            import pandas as pd

            data = pd.DataFrame(x, columns=names)
            for n in categorical:
                codes = np.where(np.isnan(data[n]), -1, data[n]).astype(int)
                data[n] = pd.Categorical.from_codes(codes, categories=levels[n])
            d = lgb.Dataset(data, y)
        else:
            # without a data frame the values are the codes
            levels = {n: [str(c) for c in range(len(v))] for n, v in levels.items()}
            d = lgb.Dataset(data, y, feature_name=names, categorical_feature=categorical or "auto")
        if own.get("_weights"):
            d.set_weight(r.random(len(y)) + 0.1)
        if own.get("_group"):
            d.set_group([50] * 12)
        more = {}
        if own.get("_early"):
            more = dict(valid_sets=[lgb.Dataset(x[:200], r.permutation(y[:200]), reference=d)], callbacks=[lgb.early_stopping(3, verbose=False)])
        booster = lgb.train(params, d, 3 if small else own.get("_rounds", 12), **more)
        rows = probes(names, lightgbm_thresholds(booster), levels, r)
        best = booster.best_iteration if own.get("_early") else None
        booster.save_model(folder / f"{name}.txt", **({"num_iteration": best} if best else {}))
        again = lgb.Booster(model_file=str(folder / f"{name}.txt"))
        again.pandas_categorical = None
        scores = again.predict(rows, raw_score=True, num_threads=1)
        outputs = again.predict(rows, num_threads=1)
        write(name, names, rows, levels, scores, outputs, f"LightGBM {version}, {short}")


def catboost_models():
    import catboost as cb

    tag = "catboost-" + ".".join(cb.__version__.split(".")[:2])
    setups = {
        "logloss": dict(loss_function="Logloss"),
        "logloss-complete": dict(loss_function="Logloss", _missing=False),
        "logloss-max": dict(loss_function="Logloss", nan_mode="Max"),
        "logloss-onehot": dict(loss_function="Logloss", _categories=True),
        "depthwise": dict(loss_function="Logloss", grow_policy="Depthwise", _categories=True),
        "lossguide": dict(loss_function="RMSE", grow_policy="Lossguide", max_leaves=20),
        "rmse": dict(loss_function="RMSE"),
        "rmse-large": dict(loss_function="RMSE", _scale=1e20),
        "mae": dict(loss_function="MAE"),
        "quantile": dict(loss_function="Quantile:alpha=0.8"),
        "poisson": dict(loss_function="Poisson", _count=True),
        "tweedie": dict(loss_function="Tweedie:variance_power=1.5", _positive=True),
        "multiclass": dict(loss_function="MultiClass"),
        "multiclass-depthwise": dict(loss_function="MultiClass", grow_policy="Depthwise"),
        "ova": dict(loss_function="MultiClassOneVsAll"),
    }
    for i, (short, setup) in enumerate(setups.items()):
        name = f"{tag}-{short}"
        if not wanted(name):
            continue
        own = {k: v for k, v in setup.items() if k.startswith("_")}
        params = {k: v for k, v in setup.items() if not k.startswith("_")}
        loss = params["loss_function"]
        names, x, y, r = table(200 + i, missing=own.get("_missing", True), categories=own.get("_categories", False), scale=own.get("_scale", 1.0))
        if loss.startswith("Multi"):
            y = np.digitize(y, np.quantile(y, [0.3, 0.6])).astype(int)
        elif loss == "Logloss":
            y = (y > np.median(y)).astype(int)
        elif own.get("_count"):
            y = np.random.default_rng(i).poisson(np.exp(np.clip(y / 3, -2, 3)))
        elif own.get("_positive"):
            y = np.exp(np.clip(y / 4, -3, 3))
        levels = LEVELS if own.get("_categories") else {}
        places = [j for j, n in enumerate(names) if n in levels]

        def rows_of(matrix):
            if not places:
                return matrix
            return [[cell(v, levels[names[j]]) if j in places else float(v) for j, v in enumerate(row)] for row in matrix]

        for j in places:
            x[np.isnan(x[:, j]), j] = 0.0
        pool = cb.Pool(rows_of(x), y, cat_features=places, feature_names=names)
        model = cb.CatBoost({"iterations": 3 if small else 12, "depth": 3 if small else 4, "one_hot_max_size": 100, "verbose": 0, "allow_writing_files": False, "thread_count": 1, **params})
        model.fit(pool)
        path = folder / f"{name}.json"
        model.save_model(str(path), format="json", pool=pool)
        document = json.loads(path.read_text())
        found = {f["flat_feature_index"]: f["borders"] or [] for f in document["features_info"]["float_features"]}
        rows = probes(names, found, levels, r)
        for j in places:
            rows[np.isnan(rows[:, j]), j] = 1.0
        probe = cb.Pool(rows_of(rows), cat_features=places, feature_names=names)
        scores = model.predict(probe, prediction_type="RawFormulaVal", thread_count=1)
        kind = {"Logloss": "Probability", "MultiClass": "Probability", "MultiClassOneVsAll": "Probability", "Poisson": "Exponent"}.get(loss, "Exponent" if loss.startswith("Tweedie") else "RawFormulaVal")
        outputs = model.predict(probe, prediction_type=kind, thread_count=1)
        if loss == "Logloss":
            outputs = outputs[:, 1]
        write(name, names, rows, levels, scores, None if loss == "MultiClassOneVsAll" else outputs, f"CatBoost {cb.__version__}, {short}")


def onnx_models():
    import onnxruntime
    from onnxmltools import convert_lightgbm, convert_xgboost
    from onnxmltools.convert.common.data_types import FloatTensorType as Floats
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import FloatTensorType
    from sklearn.ensemble import ExtraTreesClassifier, GradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor
    from sklearn.tree import DecisionTreeClassifier
    import lightgbm as lgb
    import xgboost as xgb

    trees, depth = (3, 3) if small else (12, 6)
    setups = {
        "forest": (RandomForestClassifier(trees, max_depth=depth, random_state=0), 2, "float"),
        "forest-classes": (RandomForestClassifier(trees, max_depth=depth, random_state=0), 3, "float"),
        "forest-regressor": (RandomForestRegressor(trees, max_depth=depth, random_state=0), 0, "float"),
        "extra": (ExtraTreesClassifier(trees, max_depth=depth, random_state=0), 3, "float"),
        "tree": (DecisionTreeClassifier(max_depth=depth, random_state=0), 2, "float"),
        "boosted": (GradientBoostingRegressor(n_estimators=trees, max_depth=depth, random_state=0), 0, "float"),
        "xgboost": (xgb.XGBClassifier(n_estimators=trees, max_depth=depth, n_jobs=1), 2, "xgboost"),
        "xgboost-classes": (xgb.XGBClassifier(n_estimators=trees, max_depth=depth, n_jobs=1), 3, "xgboost"),
        "lightgbm-regressor": (lgb.LGBMRegressor(n_estimators=trees, num_leaves=15, verbose=-1, n_jobs=1), 0, "lightgbm"),
    }
    for i, (short, (model, classes, how)) in enumerate(setups.items()):
        name = f"onnx-{short}"
        if not wanted(name):
            continue
        names, x, y, r = table(300 + i, missing=False)
        names = [f"f{j}" for j in range(len(names))]
        if classes:
            y = np.digitize(y, np.quantile(y, np.linspace(0, 1, classes + 1)[1:-1])).astype(int)
        model.fit(x, y)
        if how == "float":
            options = {id(model): {"zipmap": False}} if classes else {}
            proto = convert_sklearn(model, initial_types=[("x", FloatTensorType([None, len(names)]))], options=options)
        else:
            convert = convert_xgboost if how == "xgboost" else convert_lightgbm
            proto = convert(model, initial_types=[("x", Floats([None, len(names)]))])
        (folder / f"{name}.onnx").write_bytes(proto.SerializeToString())
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(proto.SerializeToString(), settings, providers=["CPUExecutionProvider"])
        found = {}
        for node in proto.graph.node:
            of = {a.name: a for a in node.attribute}
            if "nodes_values" in of:
                for f, v, m in zip(of["nodes_featureids"].ints, of["nodes_values"].floats, of["nodes_modes"].strings):
                    if m != b"LEAF":
                        found.setdefault(f, []).append(float(v))
        rows = probes(names, found, {}, r, missing=False)
        given = rows.astype(np.float32)
        outputs = np.asarray(session.run(None, {"x": given})[-1])
        if classes == 2:
            outputs = outputs[:, 1]
        write(name, names, given.astype(np.float64), {}, None, outputs, f"ONNX {short}, onnxruntime {onnxruntime.__version__}")


def spark_models():
    """XGBoost's estimator of Spark ML, from a Parquet file."""
    import pandas as pd
    import xgboost as xgb
    from pyspark.ml.feature import VectorAssembler
    from pyspark.sql import SparkSession
    from xgboost.spark import SparkXGBClassifier, SparkXGBRegressor

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1").getOrCreate()
    for i, (short, estimator) in enumerate({"classifier": SparkXGBClassifier, "regressor": SparkXGBRegressor}.items()):
        name = f"spark-xgboost-{short}"
        if not wanted(name):
            continue
        names, x, y, r = table(400 + i, missing=False)
        frame = pd.DataFrame(x, columns=names).assign(y=(y > np.median(y)).astype(float) if short == "classifier" else y)
        frame.to_parquet(folder / f"{name}.parquet")
        data = VectorAssembler(inputCols=names, outputCol="features").transform(spark.read.parquet(str(folder / f"{name}.parquet")))
        model = estimator(features_col="features", label_col="y", n_estimators=12, max_depth=4, num_workers=1).fit(data)
        (folder / f"{name}.parquet").unlink()
        write_xgboost(name, model.get_booster(), names, r, f"XGBoost {xgb.__version__} on Spark, {short}")
    spark.stop()


def dask_models():
    """XGBoost and LightGBM on a Dask cluster of this process."""
    import dask.array
    import lightgbm as lgb
    import xgboost as xgb
    import xgboost.dask
    from dask.distributed import Client

    with Client(processes=False, n_workers=1, threads_per_worker=1, dashboard_address=None) as client:
        names, x, y, r = table(410)
        data, target = dask.array.from_array(x, chunks=(300, len(names))), dask.array.from_array((y > np.median(y)).astype(float), chunks=300)
        trained = xgb.dask.train(client, {"objective": "binary:logistic", "max_depth": 4, "nthread": 1}, xgb.dask.DaskDMatrix(client, data, target), 12)
        write_xgboost("dask-xgboost", trained["booster"], names, r, f"XGBoost {xgb.__version__} on Dask")
        model = lgb.DaskLGBMClassifier(client=client, n_estimators=12, num_leaves=15, num_threads=1, verbose=-1).fit(data, target)
        booster = model.booster_
        booster.save_model(folder / "dask-lightgbm.txt")
        names = booster.feature_name()
        rows = probes(names, lightgbm_thresholds(booster), {}, r)
        scores, outputs = booster.predict(rows, raw_score=True, num_threads=1), booster.predict(rows, num_threads=1)
        write("dask-lightgbm", names, rows, {}, scores, outputs, f"LightGBM {lgb.__version__} on Dask")


for module, make in [("xgboost", xgboost_models), ("lightgbm", lightgbm_models), ("catboost", catboost_models), ("onnxmltools", onnx_models)]:
    if not any(importlib.util.find_spec(each) for each in ("pyspark", "dask")) and importlib.util.find_spec(module):
        make()
if importlib.util.find_spec("pyspark") and importlib.util.find_spec("xgboost"):
    spark_models()
if importlib.util.find_spec("dask"):
    dask_models()
