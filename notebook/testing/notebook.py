"""What a notebook does, with the real pandas: `notebook.py make` trains and imports, `notebook.py ask URL` asks and checks."""

import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
import hearth
import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from lightgbm import LGBMClassifier
from xgboost import XGBClassifier

rows = 300
random = np.random.default_rng(1)
age = random.integers(20, 90, rows)
days = pd.to_timedelta(random.integers(0, 1000, rows), unit="D")
table = pd.DataFrame(
    {
        "age": pd.array(age, dtype="Int64"),
        "bmi": random.normal(25, 4, rows),
        "city": pd.Categorical(random.choice(["São Paulo", "NA", "Oslo, N"], rows)),
        "grade": pd.Categorical(random.choice(["1", "2", "3"], rows), ordered=True),
        "seen": pd.Timestamp("2020-01-01") + days,
        "at": pd.Timestamp("2020-01-01 10:30") + days,
        "smoker": pd.array(random.random(rows) < 0.3, dtype="boolean"),
        "sick": np.where(age + random.normal(0, 20, rows) > 55, "yes", "no"),
    },
    index=[f"p{i}" for i in range(rows)],
)
for place, column in enumerate(["age", "bmi", "city", "grade", "seen", "at", "smoker"]):
    table.iloc[place, table.columns.get_loc(column)] = None
plain = pd.DataFrame({"age": age.astype(float), "bmi": random.normal(25, 4, rows), "city": random.choice(["N", "S"], rows)})
encode = make_column_transformer((OneHotEncoder(), ["city"]), remainder="passthrough")
forest = make_pipeline(encode, RandomForestClassifier(20, random_state=1, n_jobs=1)).fit(plain, table["sick"])
boosted = XGBClassifier(n_estimators=20, max_depth=3).fit(plain[["age", "bmi"]], (table["sick"] == "yes").astype(int))

factors = plain.astype({"city": "category"})
light = LGBMClassifier(n_estimators=10, verbose=-1).fit(factors, (table["sick"] == "yes").astype(int))


def raised(ask):
    try:
        ask()
    except ValueError as error:
        return str(error)
    raise AssertionError("nothing was refused")


if sys.argv[1] == "make":
    print(hearth.train(table, "py-trained", target="sick", effort="quick"))
    print(hearth.import_model(forest, plain, "py-forest", target="sick"))
    print(hearth.import_model(boosted, plain[["age", "bmi"]], "py-boosted", target="sick"))
    print(hearth.import_model(light, factors, "py-light", target="sick"))
else:
    url = sys.argv[2]
    types = {c["name"]: c["type"] for c in hearth._ask(f"{url}/models/py-trained/model", None)["columns"]}
    assert types == {
        **{"age": "integer", "bmi": "number", "city": "category", "grade": "category"},
        **{"seen": "date", "at": "datetime", "smoker": "boolean"},
    }, types
    answers = hearth.predict(table, url, model="py-trained")
    assert list(answers.index) == list(table.index) and list(answers)[:3] == ["probability", "low", "high"]
    assert answers["probability"].between(0, 1).all() and answers["probability"].nunique() > rows / 2
    absent = hearth.predict(table.iloc[[0]].drop(columns=["age", "sick"]), url, model="py-trained")
    assert absent["probability"].iloc[0] == answers["probability"].iloc[0]  # NA is not known, as a column that is left out
    explained = hearth.predict(table.head(2), url, model="py-trained", explain=True)
    assert {"contribution_age", "contribution_smoker"} <= set(explained)
    given = hearth.predict(plain, url, model="py-forest")
    assert np.abs(given["probability"].to_numpy() - forest.predict_proba(plain)[:, 1]).max() < 1e-12
    given = hearth.predict(plain[["age", "bmi"]], url, model="py-boosted")["probability"].to_numpy()
    assert np.abs(given - boosted.predict_proba(plain[["age", "bmi"]])[:, 1]).max() < 1e-6
    given = hearth.predict(factors, url, model="py-light")["probability"].to_numpy()
    assert np.abs(given - light.predict_proba(factors)[:, 1]).max() < 1e-12
    many = pd.concat([plain] * 12, ignore_index=True)
    assert len(hearth.predict(many, url, model="py-forest")) == len(many)
    bad = table.assign(city=table["city"].astype(object))
    bad.loc["p9", "city"] = "Nowhere"
    fault = raised(lambda: hearth.predict(bad, url, model="py-trained"))
    assert 'row p9, column "city"' in fault and "Oslo, N" in fault, fault
    assert 'did you mean "py-trained"?' in raised(lambda: hearth.predict(table, url, model="py-traind"))
    other = raised(lambda: hearth.predict(table.rename(columns=str.upper), url, model="py-trained"))
    assert other.startswith("the frame has no age, bmi, city,") and "the model has no AGE, BMI," in other, other
    with warnings.catch_warnings(record=True) as caught:
        hearth.predict(table.rename(columns={"bmi": "bmii"}), url, model="py-trained")
    assert "no bmi; the model has no bmii, sick" in str(caught[0].message)
    print(f"pandas {pd.__version__}: {len(table)} rows and {len(many)} rows answered as they should be")
