"""Answers rows by ONNX files, in one thread: python run.py FOLDER

Of each NAME.json ({file, real, inputs: {name: numbers (null: missing) or texts}}) it writes NAME.answers.json, the output row after row.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

settings = onnxruntime.SessionOptions()
settings.intra_op_num_threads = 1
folder = Path(sys.argv[1])
print(onnxruntime.__version__)
for path in sorted(folder.glob("*.json")):
    asked = json.loads(path.read_text())
    session = onnxruntime.InferenceSession(str(folder / asked["file"]), settings, providers=["CPUExecutionProvider"])
    kind = {"DOUBLE": np.float64, "FLOAT": np.float32}[asked["real"]]
    feeds = {}
    for each in session.get_inputs():
        cells = asked["inputs"][each.name]
        isText = each.type == "tensor(string)"
        feeds[each.name] = np.array(cells, dtype=object if isText else np.float64).astype(object if isText else kind).reshape(-1, 1)
    answers = session.run(None, feeds)[0].astype(np.float64).ravel()
    path.with_suffix(".answers.json").write_text(json.dumps([repr(float(v)) for v in answers]))
