"""The held-out Brier score of LightGBM on the table of main.ts: its defaults, and settings for categories of few rows. Rounds are chosen by
early stopping on a tenth of the training rows. Usage: compare.py t.csv folds"""

import sys

import lightgbm
import numpy as np
import pandas as pd

table = pd.read_csv(sys.argv[1])
folds = int(sys.argv[2])
table["shop"] = table["shop"].astype("category")
x, y = table.drop(columns="y"), table["y"].to_numpy()
fold = np.random.default_rng(5).permutation(len(y)) % folds
settings = {
    "defaults": {},
    "smoothed": {"learning_rate": 0.05, "cat_smooth": 50, "cat_l2": 50, "num_leaves": 15},
}
for name, extra in settings.items():
    answer = np.zeros(len(y))
    for held in range(folds):
        train = np.random.default_rng(held).permutation(np.flatnonzero(fold != held))
        test = np.flatnonzero(fold == held)
        stop, learn = train[: len(train) // 10], train[len(train) // 10 :]
        model = lightgbm.train(
            {"objective": "binary", "verbose": -1, "seed": 1, "num_threads": 1, **extra},
            lightgbm.Dataset(x.iloc[learn], y[learn]),
            1000,
            valid_sets=[lightgbm.Dataset(x.iloc[stop], y[stop])],
            callbacks=[lightgbm.early_stopping(50, verbose=False)],
        )
        answer[test] = model.predict(x.iloc[test])
    print(f"lightgbm {lightgbm.__version__} {name} {np.mean((answer - y) ** 2):.4f}", flush=True)
