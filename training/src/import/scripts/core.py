import json
import math
import sys
import warnings
from types import SimpleNamespace

import numpy as np

GREATEST = 3.4028234663852886e38  # numbers in Hearth are at most the greatest float32
UNLISTED = "(not a listed category)"


class Refused(Exception):
    """The model cannot be exported exactly; the text says why, and what to do."""


def export(model, X, path, target=None, answers=3000, seed=1):
    """Writes `path`. target: the name of what is predicted; answers: about how many rows the model itself answers."""
    random = np.random.default_rng(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # encoders warn of unknown categories, which are asked on purpose
        tool = tool_of(model, X)
        columns = describe(tool, random)
        features = ask(tool, columns)
        sets = fold(tool, columns, features) if tool.trees else None
        terms = None if tool.trees else linear_terms(tool, columns, features)
        rows = questions(tool, columns, answers, random)
        frame = table(tool, columns, rows)
        outputs, scores = tool.outputs(frame).tolist(), tool.scores(frame).tolist() if tool.scores else None
    header = {"hearth": "export", "format": 1, "source": tool.source, "columns": [public(c) for c in columns]}
    header |= {"target": {**({"name": target} if target else {}), **tool.target}, "answer": tool.answer}
    header |= {"sets": sets} if tool.trees else {"linear": terms}
    lines = [header | {"trees": len(tool.trees or [])}, *map(tree_line, tool.trees or [])]
    for i, row in enumerate(rows):
        cells = [public_cell(c, cell) for c, cell in zip(columns, row)]
        lines.append({"row": cells, "output": outputs[i], **({"score": scores[i]} if scores else {})})
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(line, allow_nan=False, ensure_ascii=False) + "\n" for line in lines)
    print(f"{path}: {tool.source['method']}, {len(tool.trees or [])} trees, {len(columns)} columns, {len(rows)} answers", file=sys.stderr)


# -- columns. A cell is a number, the place of a level, None where missing, or -1 for a category that is not listed.


def describe(tool, random):
    """The columns of the model: type, levels, range, a sample of cells, and whether the tool answers rows without them."""
    columns = []
    for name, values in tool.table.items():
        known = [v for v in values if v is not None]
        numeric = all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in known)
        levels = tool.levels.get(name) or (None if numeric else sorted(set(known)))
        if not known or levels and not isinstance(levels[0], (bool, str, int, float)):
            raise Refused(f"column {name} has no value in X, or values that are no numbers, text or booleans: convert it before the fit")
        if levels and "" in levels:
            raise Refused(f"column {name} has the empty text as a category, which tables read as missing: make it None or a word before the fit")
        column = {"name": name, "type": "number" if levels is None else "boolean" if isinstance(levels[0], bool) else "category"}
        levels = [False, True] if column["type"] == "boolean" else levels
        column |= {"seen": [float(min(known)), float(max(known))]} if levels is None else {"levels": levels}
        some = [known[i] for i in random.integers(len(known), size=500)]
        column["sample"] = [float(v) for v in some] if levels is None else [levels.index(v) for v in some if v in levels] or [0]
        columns.append(column)
    typical = [c["sample"][0] for c in columns]
    tool.outputs(table(tool, columns, [typical]))  # raises the tool's own error where X is not what the model was fitted on
    for i, c in enumerate(columns):
        answers = lambda cell: is_answered(tool, table(tool, columns, [[*typical[:i], cell, *typical[i + 1 :]]]))
        c["required"], c["open"] = not answers(None), c["type"] == "category" and answers(-1)
    return columns


def is_answered(tool, frame):
    try:
        return len(tool.outputs(frame)) == 1
    except Exception:  # whatever the tool says of such a row, it does not answer it
        return False


def table(tool, columns, rows):
    """Rows of cells as a table that the tool takes."""
    return tool.frame([[raw(c, cell) for cell in cells] for c, cells in zip(columns, zip(*rows))])


def raw(column, cell):
    """The cell as the tool takes it."""
    if cell is None or "levels" not in column:
        return cell
    if cell >= 0:
        return column["levels"][cell]
    return UNLISTED if isinstance(column["levels"][0], str) else -1 if -1 not in column["levels"] else max(column["levels"]) + 1


def text(level):
    return level if isinstance(level, str) else str(int(level)) if level == int(level) else repr(float(level))


def public_cell(column, cell):
    if cell is None or column["type"] == "number":
        return cell
    return bool(cell) if column["type"] == "boolean" else text(raw(column, cell))


def public(column):
    told = {k: column[k] for k in ("name", "type", "required", "seen") if k in column}
    return told | ({"categories": [text(v) for v in column["levels"]], "open": column["open"]} if column["type"] == "category" else {})


# -- features: what the steps before the model make of one column


def ask(tool, columns):
    """Of each feature: its column, cells, its values for them (then not listed, then missing), and whether it is the cell itself."""
    typical = [c["sample"][0] for c in columns]
    rows, tried = [typical], []
    for i, c in enumerate(columns):
        cells = [*range(len(c["levels"]))] if "levels" in c else sorted({*c["sample"][:60], *np.linspace(*c["seen"], 20)})
        tried.append([*cells, *([-1 if c["open"] else 0] if "levels" in c else []), 0 if c["required"] else None])
        rows += [[*typical[:i], cell, *typical[i + 1 :]] for cell in tried[i]]
    made = tool.transform(table(tool, columns, rows))
    features, at = [{"column": None, "values": [v], "plain": False} for v in made[0]], 1
    for i, (c, cells) in enumerate(zip(columns, tried)):
        here, at = made[at : at + len(cells)], at + len(cells)
        for j in np.flatnonzero([not same(here[:, j], made[0, j]) for j in range(made.shape[1])]):
            if features[j]["column"] is not None:
                raise Refused(f"feature {j} mixes {columns[features[j]['column']]['name']} and {c['name']}: make it a column before the fit")
            values = here[:, j]
            if "levels" not in c and (np.diff(values[:-1]) < 0).any():
                raise Refused(f"feature {j} falls while the number {c['name']} rises: encode it as categories, or as it is")
            plain = "levels" not in c and same(values[:-1], np.array(cells[:-1], dtype=float))
            features[j] = {"column": i, "values": values, "cells": cells[:-1], "plain": plain}
    return features


def same(a, b):
    return bool(np.all((a == b) | ((a != a) & (b != b))))


def feature_at(tool, columns, features, wanted, cells):
    """The feature wanted[i] where its column has the number cells[i] and the others are typical, for all i."""
    made = np.array(cells, dtype=float)
    asked = np.flatnonzero([not features[j]["plain"] for j in wanted])
    for some in np.array_split(asked, len(asked) // 20000 + 1) if len(asked) else []:
        where = np.array([features[j]["column"] for j in wanted[some]])
        typical = [[raw(c, c["sample"][0])] * len(some) for c in columns]
        values = [np.where(where == i, made[some], v) if (where == i).any() else v for i, v in enumerate(typical)]
        made[some] = tool.transform(tool.frame(values))[np.arange(len(some)), wanted[some]]
    return made


# -- trees: splits of features become splits of columns


def fold(tool, columns, features):
    """Replaces, in each tree, features by columns and thresholds by those of the columns. @returns the sets of levels that go left"""
    keys = {key: None for tree in tool.trees for key in zip(tree["feature"], tree["threshold"], tree["missing"]) if key[0] >= 0}
    of_number = lambda j: features[j]["column"] is not None and "levels" not in columns[features[j]["column"]]
    numbers = list({key[:2]: None for key in keys if of_number(key[0])})
    thresholds, sets = dict(zip(numbers, first_right(tool, columns, features, numbers))), {}
    for j, t, missing in keys:
        sides = side(tool, features[j]["values"], t, missing)
        column = features[j]["column"] or 0  # what no column changes sends all rows to one side of any column
        if (j, t) in thresholds:
            split = thresholds[j, t]
        elif "levels" in columns[column]:
            left = tuple(np.flatnonzero(sides[:-2]).tolist()) if len(sides) > 1 else tuple(range(len(columns[column]["levels"]) * sides[0]))
            split = sets.setdefault((column, left, sides[-2:][0]), len(sets))
        else:
            split = math.inf if sides[0] else -math.inf
        keys[j, t, missing] = column, split, sides[-1]
    for tree in tool.trees:
        folded = [keys.get(key, (-1, 0, False)) for key in zip(tree["feature"], tree["threshold"], tree["missing"])]
        tree["column"], tree["split"], tree["missing"] = map(list, zip(*folded))
    return [{"column": column, "levels": list(levels), "unlisted": unlisted} for column, levels, unlisted in sets]


def side(tool, values, t, missing):
    """Whether each value of a feature goes left. t: a number, or (categories that go left, known ones, the side of unknown ones)"""
    if isinstance(t, tuple):
        left, known, other = t
        return [v in left if v in known else missing if other is None else other for v in values]
    return [missing if v != v else bool(v <= t) for v in tool.cast(np.asarray(values, dtype=float))]


def first_right(tool, columns, features, keys):
    """For each split of a number, the least float64 that goes right (`x < that` is the split), `bits` by `bits` for all of them at once."""
    if not keys:
        return []
    wanted, t = np.array([key[0] for key in keys]), np.array([key[1] for key in keys])
    top = np.uint64(1 << 63)
    number = lambda u: np.where(u >= top, u ^ top, ~u).view(float)  # the u-th of all floats, in their order
    least, greatest = ~np.float64(-GREATEST).view(np.uint64), np.float64(GREATEST).view(np.uint64) ^ top
    low = np.zeros(len(keys), np.uint64)  # the greatest number that goes left
    for shift in range(64 - tool.bits, -1, -tool.bits):
        digits = np.arange(1, 1 << tool.bits, dtype=np.uint64) << np.uint64(shift)
        cells = number(np.clip(low[:, None] + digits, least, greatest)).ravel()
        made = feature_at(tool, columns, features, np.repeat(wanted, len(digits)), cells)
        left = (tool.cast(made) <= np.repeat(t, len(digits))).reshape(len(keys), -1)
        low += left.sum(axis=1).astype(np.uint64) << np.uint64(shift)
    return np.where(low >= greatest, math.inf, np.where(low < least, -math.inf, number(low + np.uint64(1)))).tolist()


def tree_line(tree):
    split = [t if abs(t) < math.inf else "Infinity" if t > 0 else "-Infinity" for t in tree["split"]]
    line = {"column": tree["column"], "split": split, "missingLeft": [int(m) for m in tree["missing"]]}
    return line | {k: tree[k] for k in ("left", "right", "value", "cover", "output") if tree.get(k) is not None}


# -- linear models: terms of features become terms of columns


def linear_terms(tool, columns, features):
    """Of a number: a coefficient; of levels: what each adds. Constants go to the base. [K] numbers each, for K outputs."""
    constant = [j for j, feature in enumerate(features) if feature["column"] is None]
    base, terms = tool.intercept + tool.coefficients[:, constant] @ np.array([features[j]["values"][0] for j in constant]), []
    for i, c in enumerate(columns):
        mine = [j for j, feature in enumerate(features) if feature["column"] == i]
        if not mine:
            continue
        weights, made = tool.coefficients[:, mine], np.array([features[j]["values"] for j in mine])
        if "levels" in c:
            adds = (weights @ made).T
            mean = adds[c["sample"]].mean(axis=0)
            term = {"levels": adds[:-2].tolist(), "unlisted": adds[-2].tolist(), "missing": adds[-1].tolist()}
        else:
            far = 2.0**80  # so far away that the mean of a scaler is lost in rounding, and the slope is exact to the last bit or two
            up, down, zero = (feature_at(tool, columns, features, np.array(mine), np.full(len(mine), x)) for x in (far, -far, 0.0))
            slope = (up - down) / (2 * far)
            if not np.allclose(made[:, :-1], np.outer(slope, features[mine[0]]["cells"]) + zero[:, None], rtol=1e-9, atol=1e-9):
                raise Refused(f"the model is not linear in column {c['name']}: make what it uses (logarithm, spline) a column before the fit")
            base, mean = base + weights @ zero, weights @ slope * np.mean(c["sample"])
            term = {"coefficient": (weights @ slope).tolist(), "missing": (weights @ (made[:, -1] - zero)).tolist()}
        terms.append({"column": i, **term, "mean": mean.tolist()})
    tool.answer["base"] = base.tolist()
    return terms


# -- questions: rows that the model itself answers, most of their cells exactly on a split


def questions(tool, columns, wanted, random):
    """Made-up rows: by turns cells of X, each of another row, and cells on and beside the splits; missing, not listed; each level."""
    turns = [cells_by_turns(tool, i, c, random) for i, c in enumerate(columns)]

    def cell(c, turn):
        if random.random() < 0.4:
            return next(turn)
        return None if not c["required"] and random.random() < 0.05 else c["sample"][random.integers(len(c["sample"]))]

    return [[cell(c, turn) for c, turn in zip(columns, turns)] for _ in range(wanted)]


def cells_by_turns(tool, i, column, random):
    """All kinds of cells of a column in random order, again and again: levels; splits, a step of float32 and of float64 beside them."""
    if "levels" in column:
        cells = [*range(len(column["levels"])), *([-1] if column["open"] else [])]
    else:
        splits = np.array([0.0, *{s for tree in tool.trees or [] for c, s in zip(tree["column"], tree["split"]) if c == i}])
        steps = [np.nextafter(splits.astype(kind), kind(way)).astype(float) for kind in (np.float32, np.float64) for way in (-math.inf, math.inf)]
        cells = [v for v in np.concatenate([column["seen"], splits, *steps]).tolist() if abs(v) <= GREATEST]
    while True:
        yield from (cells[place] for place in random.permutation(len(cells)))
