"""Hearth from a notebook: a model from a data frame, and answers to one as another.

    hearth.train(table, "patients", target="sick", effort="quick")     # other options are those of `hearth train`
    hearth.import_model(model, X, "patients", target="sick")           # scikit-learn, XGBoost, LightGBM, CatBoost
    hearth.predict(new, "http://localhost:4200", model="patients")     # after: hearth promote latest --model patients

It needs pandas and, but for `predict`, the command hearth; the variable HEARTH names another one, such as "npx hearth"."""
import json, os, pathlib, shlex, subprocess, sys, tempfile, urllib.error, urllib.parse, urllib.request, warnings
import pandas as pd

def train(frame, name, target, positive=None, **options):
    """Trains on a data frame and publishes the version. Returns its name; the report is .hearth/NAME/report.html."""
    fields = [_field(column, cells) for column, cells in frame.items()]
    about = {"model": name, "target": target, **({} if positive is None else {"positive": str(positive)})}
    with tempfile.TemporaryDirectory() as folder:
        path = _write(folder, "rows.jsonl", _rows(frame, {field["name"]: field["type"] for field in fields}))
        package = {"name": name, "resources": [{"name": name, "path": path.name, "schema": {"fields": fields}}], "hearth": about}
        options |= {"data": _write(folder, "datapackage.json", [package]), "report": f".hearth/{name}/report.html"}
        _hearth("train", out=f".hearth/{name}/artifact", force=True, **options)
    return json.loads(_hearth("publish", f".hearth/{name}/artifact", json=True))["version"]

def import_model(model, frame, name, target=None, **options):
    """Publishes a fitted model; frame: the rows that it was fitted on, without the target. Returns the version's name."""
    with tempfile.TemporaryDirectory() as folder:
        tool, path = type(model).__module__.split(".")[0], pathlib.Path(folder, f"{name}.json")
        if tool in ("xgboost", "lightgbm", "catboost"):
            rows = tool == "catboost" and sys.modules[tool].Pool(frame, cat_features=model.get_cat_feature_indices())
            getattr(model, "booster_", model).save_model(str(path), **({"format": "json", "pool": rows} if rows else {}))
            options |= {"table": _write(folder, "table.jsonl", _rows(frame)), "target": target}
        else:
            exec(_hearth("import", script="python"), script := {"__name__": "export"})  # Hearth's own; it asks the model
            script["export"](model, frame, str(path), target=target)
        return json.loads(_hearth("import", path, model=name, json=True, **options))["version"]

def predict(frame, server="http://localhost:4200", model=None, key=None, explain=False):
    """Asks a server. Returns a data frame with the same index. Columns that the model does not have are not sent."""
    at = server.rstrip("/") + (f"/models/{urllib.parse.quote(model, safe='')}" if model else "")
    types = {column["name"]: column["type"] for column in _ask(f"{at}/model", key)["columns"]}
    absent, others = [name for name in types if name not in frame], [str(name) for name in frame if name not in types]
    if len(absent) == len(types):
        raise ValueError(f"the frame has no {', '.join(absent[:10])}; the model has no {', '.join(others[:10])}")
    if absent and others:
        warnings.warn(f"the frame has no {', '.join(absent)}; the model has no {', '.join(others)}", stacklevel=2)
    rows = _rows(frame[[name for name in types if name in frame]], types)
    url, each = f"{at}/predict?explain={str(explain).lower()}", [slice(i, i + 1000) for i in range(0, len(rows), 1000)]
    answers = [_flat(answer) for at in each for answer in _ask(url, key, rows[at], frame.index[at])["predictions"]]
    return pd.DataFrame(answers, index=frame.index)

def _ask(url, key, rows=None, index=None):
    headers = {"content-type": "application/json", **({"x-api-key": key} if key else {})}
    body = rows and json.dumps(rows, allow_nan=False).encode()
    try:
        return json.load(urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=60))
    except urllib.error.HTTPError as refused:
        if refused.code == 413 and len(rows) > 1:  # the server takes fewer at a time
            halves = slice(None, len(rows) // 2), slice(len(rows) // 2, None)
            return {"predictions": [a for h in halves for a in _ask(url, key, rows[h], index[h])["predictions"]]}
        problem = json.load(refused)
        places = [(*f"{each['pointer']}/".split("/")[1:3], each["detail"]) for each in problem.get("errors", [])[:10]]
        faults = [f'row {index[int(row)]}, column "{column}" {detail}' for row, column, detail in places]
        raise ValueError("\n".join([f"{problem['title']}: {problem['detail']}", *faults])) from None

def _flat(answer):
    before = dict(interval="", mean="mean_", probabilities="probability_", quantiles="quantile_", contributions="contribution_")
    flat = {}
    for name, value in answer.items():
        if name in before:
            flat |= {before[name] + part: each for part, each in value.get("values", value).items() if part not in ("level", "of")}
        elif name == "warnings":
            flat[name] = "; ".join(f"{each['pointer'].split('/')[-1]} {each['detail']}" for each in value)
        elif name != "id":
            flat[name] = " | ".join(value["classes"]) if name == "set" else value
    return flat

def _field(name, cells):
    kinds = {"boolean": "boolean", "integer": "integer", "floating": "number", "datetime": "datetime", "date": "date"}
    kind = kinds.get(pd.api.types.infer_dtype(cells.dropna()).removesuffix("64"), "string")
    kind = "date" if kind == "datetime" and all(cell == cell.normalize() for cell in cells.dropna()) else kind
    known = {"categories": [*map(str, cells.cat.categories)], "categoriesOrdered": cells.cat.ordered} if hasattr(cells, "cat") else {}
    return {"name": str(name), "type": kind, **known}

def _rows(frame, types={}):
    return [{str(name): _plain(cell, types.get(name)) for name, cell in row.items()} for row in frame.astype(object).to_dict("records")]

def _plain(cell, type):
    cell = cell.item() if hasattr(cell, "item") else cell  # a number of numpy
    if pd.isna(cell) or isinstance(cell, (bool, int, float, str)) and type != "category":
        return None if pd.isna(cell) else cell
    return cell.isoformat()[: 10 if type == "date" else None] if hasattr(cell, "isoformat") else str(cell)

def _write(folder, name, lines):
    (path := pathlib.Path(folder, name)).write_text("\n".join(map(json.dumps, lines)))
    return path

def _hearth(*words, **options):
    flags = [[f"--{name.replace('_', '-')}"] + [str(value)] * (value is not True) for name, value in options.items() if value is not None]
    done = subprocess.run([*shlex.split(os.getenv("HEARTH", "hearth")), *map(str, words), *sum(flags, [])], capture_output=True, text=True)
    if done.returncode == 0:
        return done.stdout
    raise RuntimeError(done.stderr.strip() or done.stdout.strip())
