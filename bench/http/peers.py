"""One random forest, served by others.

python peers.py train FOLDER EXPORT   trains it; export.py, of `hearth import --script python`, is in EXPORT
python peers.py fastapi FOLDER PORT   serves it
bentoml serve peers:Forest            with FOLDER in the environment as MODEL
mlserver start FOLDER                 serves what `train` wrote for it
"""

import json
import os
import pathlib
import sys

import joblib
import numpy as np

columns = 13


def train(folder, export_folder):
    import pandas as pd
    from sklearn.ensemble import RandomForestClassifier

    sys.path.insert(0, export_folder)
    from export import export

    rng = np.random.default_rng(1)
    X = pd.DataFrame(rng.normal(size=(2000, columns)), columns=[f"x{i}" for i in range(columns)])
    y = np.where(X["x0"] + X["x1"] * X["x2"] + rng.normal(size=len(X)) > 0, "yes", "no")
    model = RandomForestClassifier(100, min_samples_leaf=5, random_state=1).fit(X, y)
    export(model, X, str(folder / "forest.jsonl"), target="sick")
    joblib.dump(RandomForestClassifier(100, min_samples_leaf=5, random_state=1).fit(X.to_numpy(), y), folder / "forest.joblib")
    settings = {
        "name": "forest",
        "implementation": "mlserver_sklearn.SKLearnModel",
        "parameters": {"uri": "./forest.joblib", "version": "1"},
    }
    (folder / "model-settings.json").write_text(json.dumps(settings))


def load():
    return joblib.load(pathlib.Path(os.environ["MODEL"]) / "forest.joblib")


def serve_fastapi(port):
    import uvicorn
    from fastapi import FastAPI
    from pydantic import BaseModel

    class Rows(BaseModel):
        rows: list[list[float]]

    app = FastAPI()
    forest = load()

    @app.post("/predict")
    def predict(body: Rows):
        return {"predictions": forest.predict_proba(body.rows)[:, 1].tolist()}

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(pathlib.Path(sys.argv[2]), sys.argv[3])
    else:
        os.environ["MODEL"] = sys.argv[2]
        serve_fastapi(int(sys.argv[3]))
elif "MODEL" in os.environ:
    import bentoml

    @bentoml.service(workers=1)
    class Forest:
        def __init__(self):
            self.forest = load()

        @bentoml.api
        def predict(self, rows: list[list[float]]) -> list[float]:
            return self.forest.predict_proba(rows)[:, 1].tolist()
