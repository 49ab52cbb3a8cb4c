"""Fits the models of speed.ts, and prints the processor time that the tools take to answer: python speed.py FOLDER

1,000 trees of XGBoost, of depth 6, on 50 columns; 1,000 trees of LightGBM, of 255 leaves; one thread.
"""

import json
import sys
import time
from pathlib import Path

import lightgbm as lgb
import numpy as np
import onnxruntime
import xgboost as xgb
from onnxmltools import convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType

TURNS = 5
folder = Path(sys.argv[1])
r = np.random.default_rng(0)
x = r.normal(0, 1, (6000, 50))
y = ((x[:, :10] ** 2).sum(axis=1) + r.normal(0, 3, len(x)) > 10).astype(int)
names = [f"f{i}" for i in range(50)]

params = {"objective": "binary:logistic", "max_depth": 6, "eta": 0.02, "tree_method": "hist", "nthread": 1, "min_child_weight": 0}
booster = xgb.train(params, xgb.DMatrix(x, y, feature_names=names), 1000)
booster.save_model(folder / "depth6.json")
options = {"objective": "binary", "num_leaves": 255, "learning_rate": 0.02, "verbose": -1, "num_threads": 1, "min_data_in_leaf": 5}
lgb.train(options, lgb.Dataset(x, y, feature_name=names), 1000).save_model(folder / "leaves255.txt")
np.savetxt(folder / "rows.csv", x[:100], delimiter=",", header=",".join(names), comments="", fmt="%.17g")

many = np.tile(x[:100], (1000, 1))
# a matrix that was answered once is not walked again
matrices = [xgb.DMatrix(many, feature_names=names, nthread=1) for _ in range(TURNS)]
booster.set_param("nthread", 1)
settings = onnxruntime.SessionOptions()
settings.intra_op_num_threads = 1
proto = convert_xgboost(booster, initial_types=[("x", FloatTensorType([None, 50]))])
session = onnxruntime.InferenceSession(proto.SerializeToString(), settings, providers=["CPUExecutionProvider"])
singles = [x[i : i + 1].astype(np.float32) for i in range(100)]


def seconds(work, times):
    """The least processor time of a turn."""
    turns = []
    for turn in range(TURNS):
        began = time.process_time()
        for i in range(times):
            work(turn * times + i)
        turns.append((time.process_time() - began) / times)
    return min(turns)


print(json.dumps({
    "versions": {"XGBoost": xgb.__version__, "onnxruntime": onnxruntime.__version__, "LightGBM": lgb.__version__},
    "batch": seconds(lambda turn: booster.predict(matrices[turn]), 1),
    "one": seconds(lambda i: session.run(None, {"x": singles[i % 100]}), 500),
    "oneXgboost": seconds(lambda i: booster.inplace_predict(x[i % 100 : i % 100 + 1], validate_features=False), 100),
}))
