"""
Fits models of scikit-learn of many kinds and exports each: python scikit_learn_models.py EXPORT.PY FOLDER ROWS [NAME …]
With names, only these, and small.
"""

import importlib.util
import sys

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    ExtraTreesClassifier, ExtraTreesRegressor, GradientBoostingClassifier, GradientBoostingRegressor,
    HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import (
    ElasticNet, GammaRegressor, LinearRegression, LogisticRegression, LogisticRegressionCV, PoissonRegressor, Ridge, TweedieRegressor,
)
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

path, folder, rows, *wanted = sys.argv[1:]
spec = importlib.util.spec_from_file_location("export", path)
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)
small = bool(wanted)
trees = 5 if small else 20
n = 300 if small else 1000

random = np.random.default_rng(7)
age = random.integers(18, 90, n)
bmi = np.round(random.normal(25, 4, n), 1)
lactate = random.gamma(2, 0.7, n)  # all the digits of a float64
pressure = random.normal(120, 15, n).astype(np.float32).astype(float)
tiny = random.normal(0, 1, n) * 10.0 ** random.integers(-40, 30, n)
city = random.choice(["Lisboa", "São Paulo", "Recife", "O'Hare \"x\"", "rare"], n, p=[0.4, 0.3, 0.2, 0.09, 0.01])
grade = random.choice([1, 2, 3, 10], n)
smoker = random.random(n) < 0.3
z = age / 40 + bmi / 20 + np.log(lactate) + (city == "Recife") + smoker * (grade > 2) - 4 + random.normal(0, 1, n)
sick = np.where(z > 0, "sick", "well")
kind = np.digitize(z, [-1, 0.5])
count = random.poisson(np.exp(np.clip(z, -3, 2)))
cost = np.exp(z / 2) + 0.1
weights = random.gamma(1, 1, n)

numbers = pd.DataFrame({"age": age, "bmi": bmi, "lactate": lactate, "pressure": pressure, "tiny": tiny})
gaps = numbers.mask(random.random(numbers.shape) < 0.1)
mixed = numbers.assign(city=city, grade=grade, smoker=smoker)
holes = gaps.assign(city=pd.Series(city).mask(random.random(n) < 0.1), grade=grade, smoker=smoker)
coded = numbers.assign(city=pd.Categorical(city).codes, grade=grade)
categorical = gaps.assign(city=pd.Categorical(pd.Series(city).mask(random.random(n) < 0.1)), smoker=smoker)
inputs = ["age", "bmi", "lactate", "pressure"]


def before(scaler=None, encoder=None, imputer=None, remainder="passthrough"):
    steps = [step for step in (imputer, scaler) if step is not None]
    blocks = [(make_pipeline(*steps), inputs)] if steps else []
    return make_column_transformer(*blocks, (encoder or OneHotEncoder(handle_unknown="ignore"), ["city", "grade"]), remainder=remainder)


def of(cls, **options):
    seeds = {"random_state": 0} if "random_state" in cls().get_params() else {}
    size = {"n_estimators": trees} if "n_estimators" in cls().get_params() else {}
    size |= {"max_iter": trees} if cls.__name__.startswith("Hist") else {}
    return cls(**{**seeds, **size, **options})


models = {
    "forest": (of(RandomForestClassifier), numbers, sick),
    "forest-array": (of(RandomForestClassifier, min_samples_leaf=3), numbers.to_numpy(), kind == 1),
    "forest-classes-weights": (of(RandomForestClassifier, class_weight="balanced"), numbers, kind),
    "forest-number": (of(RandomForestRegressor, n_jobs=2), numbers, cost),
    "forest-poisson": (of(RandomForestRegressor, criterion="poisson", max_depth=6), numbers, count),
    "extra-trees": (of(ExtraTreesClassifier, max_depth=8), numbers, sick),
    "extra-trees-number": (of(ExtraTreesRegressor, bootstrap=True), numbers, cost),
    "tree": (of(DecisionTreeClassifier, max_depth=7), numbers, kind),
    "tree-number": (of(DecisionTreeRegressor), numbers, cost),
    "boosting": (of(GradientBoostingClassifier), numbers, sick),
    "boosting-classes": (of(GradientBoostingClassifier, subsample=0.7), numbers, kind),
    "boosting-exponential": (of(GradientBoostingClassifier, loss="exponential"), numbers, sick),
    "boosting-zero": (of(GradientBoostingClassifier, init="zero"), numbers, sick),
    "boosting-huber": (of(GradientBoostingRegressor, loss="huber"), numbers, cost),
    "boosting-quantile": (of(GradientBoostingRegressor, loss="quantile", alpha=0.9, n_iter_no_change=3), numbers, cost),
    "hist": (of(HistGradientBoostingClassifier), gaps, sick),
    "hist-classes": (of(HistGradientBoostingClassifier, early_stopping=True), gaps, kind),
    "hist-codes": (of(HistGradientBoostingClassifier, categorical_features=[5, 6]), coded, sick),
    "hist-number": (of(HistGradientBoostingRegressor, loss="absolute_error"), gaps, cost),
    "hist-poisson": (of(HistGradientBoostingRegressor, loss="poisson"), gaps, count),
    "hist-ordinal": (make_pipeline(before(encoder=OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)), of(HistGradientBoostingClassifier, categorical_features=[0, 1])), mixed, sick),
    "forest-scaled": (make_pipeline(before(StandardScaler()), of(RandomForestClassifier)), mixed, sick),
    "forest-min-max": (make_pipeline(before(MinMaxScaler(), OrdinalEncoder()), of(RandomForestRegressor)), mixed, cost),
    "boosting-imputed": (make_pipeline(before(RobustScaler(), None, SimpleImputer(strategy="median", add_indicator=True), "drop"), of(GradientBoostingClassifier)), holes, sick),
    "forest-one-hot-drop": (make_pipeline(before(MaxAbsScaler(), OneHotEncoder(drop="first")), of(RandomForestClassifier)), mixed, kind),
    "forest-infrequent": (make_pipeline(before(None, OneHotEncoder(min_frequency=0.05, handle_unknown="infrequent_if_exist")), of(RandomForestClassifier)), mixed, sick),
    "grid": (GridSearchCV(make_pipeline(StandardScaler(), of(RandomForestClassifier)), {"randomforestclassifier__max_depth": [3, 5]}, cv=2), numbers[inputs], sick),
    "logistic": (LogisticRegression(max_iter=200), numbers[inputs], sick),
    "logistic-scaled": (make_pipeline(before(StandardScaler(), remainder="drop"), LogisticRegression(max_iter=200)), mixed, sick),
    "logistic-classes": (make_pipeline(before(StandardScaler(), None, SimpleImputer(), "drop"), LogisticRegression(max_iter=200)), holes, kind),
    "logistic-cv": (make_pipeline(StandardScaler(), LogisticRegressionCV(Cs=3, cv=2, max_iter=200)), numbers[inputs], sick),
    "linear": (make_pipeline(before(StandardScaler(), OneHotEncoder(drop="if_binary"), remainder="drop"), LinearRegression()), mixed, cost),
    "ridge": (make_pipeline(before(None, OrdinalEncoder(), remainder="drop"), Ridge()), mixed, cost),
    "elastic-net": (ElasticNet(alpha=0.01), numbers[inputs], cost),
    "poisson": (make_pipeline(StandardScaler(), PoissonRegressor(max_iter=300)), numbers[inputs], count),
    "gamma": (make_pipeline(StandardScaler(), GammaRegressor(max_iter=300)), numbers[inputs], cost),
    "tweedie": (make_pipeline(StandardScaler(), TweedieRegressor(power=1.5, max_iter=300)), numbers[inputs], count),
}
version = tuple(map(int, __import__("sklearn").__version__.split(".")[:2]))
if version >= (1, 4):
    models |= {
        "forest-missing": (of(RandomForestClassifier), gaps, sick),
        "tree-missing": (of(DecisionTreeRegressor), gaps, cost),
        "hist-categories": (of(HistGradientBoostingClassifier, categorical_features="from_dtype"), categorical, kind),
    }
if version >= (1, 6):
    models["extra-trees-missing"] = (of(ExtraTreesClassifier), gaps, kind)

for name, (model, X, y) in models.items():
    if wanted and name not in wanted:
        continue
    weight = {"sample_weight": weights} if name.startswith(("hist-number", "forest-number", "boosting-huber")) else {}
    model.fit(X, y, **weight)
    script.export(model, X, f"{folder}/{name}.jsonl", target="y", answers=int(rows))
