"""python3 fastapi_app.py learn TABLE ROWS MODEL, then python3 fastapi_app.py serve MODEL PORT"""
import sys

import joblib
import numpy as np

if sys.argv[1] == "learn":
    from sklearn.ensemble import RandomForestClassifier

    cells = np.fromfile(sys.argv[2]).reshape(-1, int(sys.argv[3]))
    joblib.dump(RandomForestClassifier(500).fit(cells[:-1].T, cells[-1].astype(int)), sys.argv[4])
else:
    import uvicorn
    from fastapi import FastAPI
    from pydantic import BaseModel

    class Row(BaseModel):
        x: list[float]

    app = FastAPI()
    forest = joblib.load(sys.argv[2])

    @app.post("/predict")
    def predict(row: Row):
        return {"probability": forest.predict_proba([row.x])[0, 1]}

    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[3]), log_level="error")
