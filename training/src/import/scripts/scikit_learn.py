"""Writes a fitted scikit-learn model as a text file for `hearth import`: its numbers, its columns, and its own answers.

    from export import export
    export(model, X, "model.jsonl", target="diagnosis")   # X: rows as the model was fitted on, without the target
    # then:  hearth import model.jsonl

Reads   model: a forest, extra trees, (Hist)GradientBoosting, a decision tree, or logistic, linear, Poisson regression of scikit-learn 1.2
        or later, alone or last in a Pipeline, whose steps make each feature from one column.
        X: a pandas DataFrame or a numpy array, a sample of the training rows.
Writes  `path` and nothing else: the numbers of the model, the least and the greatest number of each column, its categories, and made-up
        rows, in which each cell comes from another row, with the model's answers. No row of X is in it.
Sends   nothing: it uses no network. It changes nothing in the model but `n_jobs` (its answers need one thread).

The steps before the model are not translated. The script asks them what they make of one column at a time, finds by bisection the very
number at which each split changes sides, and so writes splits of the columns that you have. What it cannot say exactly, it refuses.

To read it: `export` is the whole story and the only place that writes; then its parts in that order: columns, features, trees or linear
terms, questions. The end of the file is what differs between tools: `tool_of` and a function for each kind of model.
"""

# The functions of every tool come here.


# -- scikit-learn

WAYS_OUT = "XGBoost, LightGBM and CatBoost save files that hearth import reads; a calibrated or voting model: export the model inside it"


def tool_of(model, X):
    """What the functions above need to know of the model."""
    import sklearn

    whole, steps = model, []
    while hasattr(model, "best_estimator_") or hasattr(model, "steps"):
        if hasattr(model, "steps"):
            steps, model = steps + [step for _, step in model.steps[:-1] if step not in (None, "passthrough")], model.steps[-1][1]
        else:
            model = model.best_estimator_
    tool = SimpleNamespace(cast=lambda v: v, trees=None, scores=None, bits=1)
    options = {k: v for k, v in model.get_params(deep=False).items() if v is None or isinstance(v, (str, int)) or isinstance(v, float) and math.isfinite(v)}
    tool.source = {"tool": "scikit-learn", "version": sklearn.__version__, "method": type(model).__name__, "options": options}
    classes = getattr(model, "classes_", None)
    if getattr(model, "n_outputs_", 1) > 1 or np.ndim(getattr(model, "intercept_", 0)) > 0 and classes is None:
        raise Refused("the model has several targets: fit and export one for each")
    outputs = 1 if classes is None or len(classes) == 2 else len(classes)
    if classes is None:
        tool.target = {"type": "numeric"}
        tool.outputs = lambda frame: whole.predict(frame).reshape(-1, 1)
    else:
        names = [str(c).lower() if isinstance(c, (bool, np.bool_)) else text(c) for c in classes]
        tool.target = {"type": "binary" if outputs == 1 else "classes", "classes": names}
        tool.outputs = lambda frame: whole.predict_proba(frame)[:, 1 if outputs == 1 else 0 :]
    if hasattr(model, "n_jobs"):
        model.n_jobs = 1  # with more threads, the sum of a forest's trees changes by a last bit from call to call
    names = list(getattr(X, "columns", getattr(model, "feature_names_in_", [f"x{i}" for i in range(np.shape(X)[1])])))
    tool.table, tool.frame = table_of(X, [str(n) for n in names])
    tool.levels = dict(level for step in steps for level in encoded(step, names))
    before = lambda frame: frame if not steps else run(steps, frame)
    tool.transform = lambda frame: np.asarray(run([*steps, *filter(None, [getattr(model, "_preprocessor", None)])], frame), dtype=float)
    kinds = [c.__name__ for c in type(model).__mro__ if c.__name__ in SKLEARN]
    if not kinds:
        raise Refused(f"{type(model).__name__} is not a model that this script knows: it knows {', '.join(SKLEARN)}. {WAYS_OUT}")
    link = "identity" if classes is None else "logit" if outputs == 1 else "softmax"
    tool.decision = lambda frame: whole.decision_function(frame).reshape(-1, outputs)
    tool.answer = {"link": link}
    SKLEARN[kinds[0]](tool, model, outputs, before)
    if not steps and getattr(model, "is_categorical_", None) is not None:
        inner = getattr(model, "_preprocessor", None)
        own = lambda: [(str(names[j]), model._bin_mapper.bin_thresholds_[j].tolist()) for j in np.flatnonzero(model.is_categorical_)]
        tool.levels.update(encoded(inner, names) if inner is not None else own())
    return tool


def run(steps, frame):
    for step in steps:
        frame = step.transform(frame)
    return frame.toarray() if hasattr(frame, "toarray") else frame


def table_of(X, names):
    """The values of each column, None where missing; and how values by column become a table of the same kind."""
    columns = [X.iloc[:, i].tolist() for i in range(len(names))] if hasattr(X, "iloc") else np.asarray(X).T.tolist()
    is_gone = lambda v: v is None or v != v or type(v).__name__ in ("NAType", "NaTType")
    table = {name: [None if is_gone(v) else getattr(v, "item", lambda: v)() for v in values] for name, values in zip(names, columns)}
    absent = [None if None in values else math.nan for values in columns]
    texts = [any(isinstance(v, str) for v in values) for values in table.values()]

    def series(values, gone, is_text):
        if isinstance(values, np.ndarray) and values.dtype == float:
            return values
        if all(isinstance(v, bool) for v in values):
            return np.array(values, dtype=bool)
        return np.array([gone if v is None else v for v in values], dtype=object if is_text else float)

    def frame(columns):
        made = list(map(series, columns, absent, texts))
        if hasattr(X, "iloc"):
            return type(X)(dict(zip(X.columns, made)))
        return np.column_stack([each.astype(object) for each in made] if any(texts) else made)

    return table, frame


def encoded(step, names):
    """The categories of each column that a step encodes."""
    if hasattr(step, "steps"):
        return [level for _, each in step.steps for level in encoded(each, names)]
    if hasattr(step, "transformers_"):
        pick = lambda where: [where] if isinstance(where, str) else list(where) if len(where) and isinstance(where[0], str) else list(np.array(names, dtype=object)[where])
        return [level for _, each, where in step.transformers_ if not isinstance(each, str) for level in encoded(each, pick(where))]
    if len(getattr(step, "categories_", [])) != len(names):
        return []
    return [(str(n), [v for v in levels.tolist() if v is not None and v == v]) for n, levels in zip(names, map(np.asarray, step.categories_))]


def tree_of(leaf, feature, threshold, left, right, value, cover, missing, output=None):
    value = np.where(leaf.reshape(-1, *[1] * (value.ndim - 1)), value, 0).tolist()
    arrays = {"feature": np.where(leaf, -1, feature), "left": left, "right": right, "cover": cover, "missing": missing.astype(bool)}
    return {**{name: array.tolist() for name, array in arrays.items()}, "threshold": list(threshold), "value": value, "output": output}


def sk_tree(tree, value, output=None):
    missing = getattr(tree, "missing_go_to_left", np.zeros(tree.node_count))
    sides, cover = (tree.children_left, tree.children_right), tree.weighted_n_node_samples
    return tree_of(sides[0] < 0, tree.feature, tree.threshold.tolist(), *sides, value, cover, missing, output)


def forest(tool, model, outputs, before):
    """The mean over the trees of the leaves' means or shares of the classes."""
    trees = [each.tree_ for each in getattr(model, "estimators_", [model])]
    tool.cast, tool.answer, tool.trees = np.float32, {"link": "identity", "divisor": len(trees)}, []
    for tree in trees:
        value = tree.value[:, 0, :]
        if hasattr(model, "classes_") and abs(value[0].sum() - 1) > 1e-6:  # up to 1.2: counts
            value = value / np.where(value.sum(axis=1, keepdims=True) == 0, 1, value.sum(axis=1, keepdims=True))
        tool.trees.append(sk_tree(tree, value[:, -1] if outputs == 1 else value))


def boosting(tool, model, outputs, before):
    if not (model.init_ == "zero" or type(model.init_).__name__ in ("DummyClassifier", "DummyRegressor")):
        raise Refused("init is a model of its own: fit without init")
    base = np.asarray(model._raw_predict_init(np.zeros((1, model.n_features_in_)))).ravel()
    scale = 2 if model.loss == "exponential" else 1
    tool.answer |= {"base": base.tolist(), "baseFirst": True, "scale": scale}
    trees = [(k, each.tree_) for row in model.estimators_ for k, each in enumerate(row)]
    tool.cast, tool.trees = np.float32, [sk_tree(tree, tree.value[:, 0, 0] * model.learning_rate, k) for k, tree in trees]
    if hasattr(model, "classes_"):
        tool.scores = lambda frame: scale * tool.decision(frame)


def hist_boosting(tool, model, outputs, before):
    if model.loss in ("poisson", "gamma"):
        tool.answer["link"], tool.target = "log", {"type": "count" if model.loss == "poisson" else "numeric"}
    tool.answer |= {"base": np.ravel(model._baseline_prediction).tolist(), "baseFirst": True}
    bits = lambda words: frozenset(float(i) for i in range(256) if words[i // 32] >> (i % 32) & 1)
    known, place = model._bin_mapper.make_known_categories_bitsets()
    tool.trees = []
    for k, predictor in [each for predictors in model._predictors for each in enumerate(predictors)]:
        nodes, threshold = predictor.nodes, predictor.nodes["num_threshold"].tolist()
        for n in np.flatnonzero(nodes["is_categorical"]):
            sets = predictor.raw_left_cat_bitsets[nodes["bitset_idx"][n]], known[place[nodes["feature_idx"][n]]]
            threshold[n] = (*map(bits, sets), None)
        arrays = [nodes[name] for name in ("left", "right", "value", "count", "missing_go_to_left")]
        tool.trees.append(tree_of(nodes["is_leaf"].astype(bool), nodes["feature_idx"], threshold, *arrays, k))
    if tool.answer["link"] != "identity":
        tool.scores = lambda frame: model._raw_predict(before(frame)).reshape(-1, outputs)


def logistic(tool, model, outputs, before):
    tool.coefficients, tool.intercept = model.coef_, np.ravel(model.intercept_) * np.ones(outputs)
    if outputs == 1 and getattr(model, "multi_class", "") == "multinomial":
        raise Refused("two classes with multi_class='multinomial': fit without it")
    elif outputs > 1 and (model.solver == "liblinear" or getattr(model, "multi_class", "") == "ovr"):
        raise Refused("one classifier for each class, made to add up to 1: fit with another solver and without multi_class='ovr'")
    tool.scores = tool.decision


def linear(tool, model, outputs, before):
    tool.coefficients, tool.intercept = model.coef_.reshape(1, -1), np.ravel(model.intercept_).astype(float)


def generalized_linear(tool, model, outputs, before):
    linear(tool, model, outputs, before)
    kind = type(model).__name__
    if kind in ("PoissonRegressor", "GammaRegressor") or model.link == "log" or model.link == "auto" and model.power > 0:
        tool.answer["link"] = "log"
    tool.target = {"type": "count" if kind == "PoissonRegressor" else "numeric"}


SKLEARN = {
    "BaseForest": forest,
    "BaseDecisionTree": forest,
    "BaseGradientBoosting": boosting,
    "BaseHistGradientBoosting": hist_boosting,
    "LogisticRegression": logistic,
    "_GeneralizedLinearRegressor": generalized_linear,
    "LinearModel": linear,
}
