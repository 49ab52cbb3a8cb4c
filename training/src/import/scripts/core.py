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
        warnings.simplefilter("ignore")  # encoders warn of each unknown category, which is asked here on purpose
        tool = tool_of(model, X)
        columns = describe(tool, random)
        features = ask(tool, columns, random)
        header = {"hearth": "export", "format": 1, "source": tool.source, "columns": [public(c) for c in columns]}
        header |= {"target": {**({"name": target} if target else {}), **tool.target}, "answer": tool.answer}
        if tool.trees is None:
            header["linear"] = linear_terms(tool, columns, features, tool.answer)
        else:
            header["sets"] = fold(tool, columns, features)
        header["trees"] = len(tool.trees or [])
        rows = questions(tool, columns, header.get("sets"), answers, random)
        frame = table(tool, columns, rows)
        outputs, scores = tool.outputs(frame), tool.scores(frame) if tool.scores else None
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for line in [header, *map(tree_line, tool.trees or [])]:
            file.write(json.dumps(line, allow_nan=False, ensure_ascii=False) + "\n")
        for i, row in enumerate(rows):
            cells = [public_cell(c, cell) for c, cell in zip(columns, row)]
            line = {"row": cells, "output": outputs[i].tolist(), **({"score": scores[i].tolist()} if scores is not None else {})}
            file.write(json.dumps(line, allow_nan=False, ensure_ascii=False) + "\n")
    print(f"{path}: {header['source']['method']}, {header['trees']} trees, {len(columns)} columns, {len(rows)} answers", file=sys.stderr)


# -- columns: a cell is a number, the place of a level, None where missing, or -1 for a category that is not listed


def describe(tool, random):
    """The columns of the model: type, levels, range, and whether the tool answers rows without them."""
    columns = []
    for name, values in tool.table.items():
        known = [v for v in values if v is not None and v == v]
        if not known:
            raise Refused(f"column {name} has no value in X: pass more rows")
        numeric = all(isinstance(v, (int, float, np.number)) and not isinstance(v, (bool, np.bool_)) for v in known)
        levels = tool.levels.get(name) or (None if numeric else sorted(set(known)))
        if levels is None:
            whole = all(isinstance(v, (int, np.integer)) for v in values)
            column = {"name": name, "type": "integer" if whole else "number", "seen": [float(min(known)), float(max(known))]}
        elif all(isinstance(v, (bool, np.bool_)) for v in levels):
            column = {"name": name, "type": "boolean", "levels": [False, True]}
        elif all(isinstance(v, (str, int, float, np.number)) for v in levels):
            column = {"name": name, "type": "category", "levels": list(levels)}
        else:
            raise Refused(f"column {name} has values of type {type(known[0]).__name__}: make it numbers, text or booleans before the fit")
        place = {v: i for i, v in enumerate(column.get("levels", []))}
        column["sample"] = [place.get(v, None) if place else float(v) for v in random.choice(np.array(known, dtype=object), 500)]
        column["sample"] = [cell for cell in column["sample"] if cell is not None] or [0]
        columns.append(column)
    typical = [c["sample"][0] for c in columns]
    for i, c in enumerate(columns):
        answered = lambda cell: is_answered(tool, table(tool, columns, [[*typical[:i], cell, *typical[i + 1 :]]]))
        c["required"], c["open"] = not answered(None), c["type"] == "category" and answered(-1)
    tool.outputs(table(tool, columns, [typical]))  # raises the tool's own error where X is not what the model was fitted on
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
    if cell is None or "levels" not in column:
        return int(cell) if cell is not None and column["type"] == "integer" else cell
    return bool(cell) if column["type"] == "boolean" else text(raw(column, cell))


def public(column):
    told = {k: column[k] for k in ("name", "type", "required", "seen") if k in column}
    return told | ({"categories": [text(v) for v in column["levels"]], "open": column["open"]} if column["type"] == "category" else {})


# -- features: what the steps before the model make of one column


def ask(tool, columns, random):
    """Of each feature: its column, its values for some cells (of levels, all; the last ones: not listed, missing), and whether it is the cell."""
    bases = [[c["sample"][i] for c in columns] for i in (0, 1)]
    rows, tried = [*bases], []
    for c in columns:
        if "levels" in c:
            cells = [*range(len(c["levels"])), -1 if c["open"] else 0, 0 if c["required"] else None]
        else:
            cells = [*np.unique(np.concatenate([c["sample"][:60], np.linspace(*c["seen"], 20)])), 0 if c["required"] else None]
        tried.append(cells)
    for base in bases:
        rows += [[*base[:i], cell, *base[i + 1 :]] for i, cells in enumerate(tried) for cell in cells]
    made = tool.transform(table(tool, columns, rows))
    features = [{"column": None, "values": [v], "plain": False} for v in made[0]]
    half = sum(map(len, tried))
    at = 2
    for i, (c, cells) in enumerate(zip(columns, tried)):
        here, there = made[at : at + len(cells)], made[at + half : at + half + len(cells)]
        at += len(cells)
        for j in np.flatnonzero([not same(here[:, j], made[0, j]) or not same(there[:, j], made[1, j]) for j in range(made.shape[1])]):
            if features[j]["column"] is not None or not same(here[:, j], there[:, j]):
                both = [c["name"], *[columns[k]["name"] for k in [features[j]["column"]] if k is not None]]
                raise Refused(f"feature {j} of the model mixes columns ({', '.join(both)} …): make that mix a column before the fit")
            values = here[:, j]
            if "levels" not in c and (np.diff(values[:-1]) < 0).any():
                raise Refused(f"feature {j} falls while the number {c['name']} rises: encode it as categories, or as it is")
            plain = "levels" not in c and same(values[:-1], np.array(cells[:-1], dtype=float))
            features[j] = {"column": i, "values": values, "cells": cells[:-1], "plain": plain}
    return features


def same(a, b):
    return bool(np.all((a == b) | ((a != a) & (b != b))))


def feature_at(tool, columns, features, wanted, cells):
    """The values of the features wanted[i] where the column of each has the number cells[i]."""
    made = np.array(cells, dtype=float)
    for j in {j for j in wanted if not features[j]["plain"]}:
        mine = np.flatnonzero(wanted == j)
        typical = [np.full(len(mine), raw(c, c["sample"][0])) for c in columns]
        typical[features[j]["column"]] = made[mine]
        made[mine] = tool.transform(tool.frame(typical))[:, j]
    return made


# -- trees: splits of features become splits of columns


def fold(tool, columns, features):
    """Replaces, in each tree, features by columns and thresholds by those of the columns. @returns the sets of levels that go left"""
    splits = {}
    for tree in tool.trees:
        tree["keys"] = list(zip(tree["feature"], tree["threshold"], tree["missing"]))
        splits.update((key, None) for key in tree["keys"] if key[0] >= 0)
    of_numbers = lambda j: features[j]["column"] is not None and "levels" not in columns[features[j]["column"]]
    numbers = list({key[:2]: None for key in splits if of_numbers(key[0])})
    thresholds = dict(zip(numbers, first_right(tool, columns, features, numbers)))
    sets = {}
    for key in splits:
        j, t, missing = key
        column, values = features[j]["column"], features[j]["values"]
        sides = side(tool, values, t, missing)
        if key[:2] in thresholds:
            splits[key] = (column, thresholds[key[:2]], sides[-1])
        elif column is not None:
            chosen = (column, tuple(np.flatnonzero(sides[:-2]).tolist()), sides[-2])
            splits[key] = (column, sets.setdefault(chosen, len(sets)), sides[-1])
        elif "levels" in columns[0]:  # a feature that no column changes: all rows go to one side of any column
            chosen = (0, tuple(range(len(columns[0]["levels"]))) if sides[0] else (), sides[0])
            splits[key] = (0, sets.setdefault(chosen, len(sets)), sides[0])
        else:
            splits[key] = (0, math.inf if sides[0] else -math.inf, sides[0])
    for tree in tool.trees:
        folded = [splits.get(key, (-1, 0, False)) for key in tree.pop("keys")]
        tree["column"], tree["split"], tree["missing"] = ([each[i] for each in folded] for i in range(3))
    return [{"column": column, "levels": list(levels), "unlisted": unlisted} for column, levels, unlisted in sets]


def side(tool, values, t, missing):
    """Whether each value of a feature goes left. t: a number, or (categories that go left, known ones, the side of unknown ones)"""
    if isinstance(t, tuple):
        left, known, other = t
        return [v in left if v in known else missing if other is None else other for v in values]
    return [missing if v != v else bool(v <= t) for v in tool.cast(np.asarray(values, dtype=float))]


def first_right(tool, columns, features, keys):
    """For each split of a number, the least float64 that goes right (`x < that` is the split), by bisection over all of them at once."""
    if not keys:
        return []
    wanted, t = np.array([key[0] for key in keys]), np.array([key[1] for key in keys])
    goes_left = lambda x: tool.cast(feature_at(tool, columns, features, wanted, x)) <= t
    flip = lambda i: np.where(i < 0, np.int64(-(2**63)) - i, i)  # the bits of floats, in the order of the floats
    least, greatest = np.full(len(keys), -GREATEST), np.full(len(keys), GREATEST)
    always, never = goes_left(greatest), ~goes_left(least)
    low, high = flip(least.view(np.int64)), flip(greatest.view(np.int64))
    for _ in range(64):
        middle = (low >> 1) + (high >> 1) + (low & high & 1)
        left = goes_left(flip(middle).view(float))
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    return np.where(always, math.inf, np.where(never, -math.inf, flip(high).view(float))).tolist()


def tree_line(tree):
    split = [t if abs(t) < math.inf else "Infinity" if t > 0 else "-Infinity" for t in tree["split"]]
    line = {"column": tree["column"], "split": split, "missingLeft": [int(m) for m in tree["missing"]]}
    return line | {k: tree[k] for k in ("left", "right", "value", "cover", "output") if tree.get(k) is not None}


# -- linear models: terms of features become terms of columns


def linear_terms(tool, columns, features, answer):
    """Of a number: a coefficient; of levels: what each adds. Constants go to the base. [K] numbers each, for K outputs."""
    base, terms = tool.intercept.astype(float), []
    for j, feature in enumerate(features):
        if feature["column"] is None:
            base = base + tool.coefficients[:, j] * feature["values"][0]
    for i, c in enumerate(columns):
        mine = [j for j, feature in enumerate(features) if feature["column"] == i]
        weights = tool.coefficients[:, mine]
        if not mine:
            continue
        made = np.array([features[j]["values"] for j in mine])
        if "levels" in c:
            adds = (weights @ made).T
            mean = adds[c["sample"]].mean(axis=0)
            term = {"levels": adds[:-2].tolist(), "unlisted": adds[-2].tolist(), "missing": adds[-1].tolist()}
        else:
            far = 2.0**80  # so far away that the mean of a scaler is lost in rounding, and the slope is exact to the last bit or two
            up, down, zero = (feature_at(tool, columns, features, np.array(mine), np.full(len(mine), x)) for x in (far, -far, 0.0))
            slope = (up - down) / (2 * far)
            expected = np.outer(slope, features[mine[0]]["cells"]) + zero[:, None]
            if not np.allclose(made[:, :-1], expected, rtol=1e-9, atol=1e-9):
                raise Refused(f"the model is not linear in column {c['name']}: make what it uses (logarithm, spline) a column before the fit")
            coefficient = weights @ slope
            base, mean = base + weights @ zero, coefficient * np.mean(c["sample"])
            term = {"coefficient": coefficient.tolist(), "missing": (weights @ (made[:, -1] - zero)).tolist()}
        terms.append({"column": i, **term, "mean": mean.tolist()})
    answer["base"] = base.tolist()
    return terms


# -- questions: rows that the model itself answers, most of them exactly on a split


def questions(tool, columns, sets, wanted, random):
    """Made-up rows: each kind of cell of each column; then, for random splits, rows that reach the split and stand on both of its edges."""
    made_up = lambda: [c["sample"][random.integers(len(c["sample"]))] for c in columns]
    rows = [made_up() for _ in range(wanted // 10)]
    for i, c in enumerate(columns):
        cells = [*range(len(c["levels"]))][:500] if "levels" in c else c["seen"]
        for cell in [*cells, *([-1] if c["open"] else []), *([] if c["required"] else [None])]:
            rows.append(made_up())
            rows[-1][i] = cell
    if not tool.trees:
        return rows + [[None if random.random() < 0.1 and not c["required"] else v for v, c in zip(made_up(), columns)] for _ in range(wanted)]
    places = [(tree, node) for tree in tool.trees for node, column in enumerate(tree["column"]) if column >= 0]
    for n, place in enumerate(random.permutation(len(places))[: wanted // 3]):
        tree, node = places[place]
        if "parents" not in tree:
            sides = [(side, node, child) for side in ("left", "right") for node, child in enumerate(tree[side]) if tree["column"][node] >= 0]
            tree["parents"] = {child: (node, side == "left") for side, node, child in sides}
        path, row = [node], made_up()
        while path[0] in tree["parents"]:
            path.insert(0, tree["parents"][path[0]][0])
        for above, below in zip(path, path[1:]):
            i = tree["column"][above]
            ways = [row[i], *edges(columns[i], tree["split"][above], sets, 0), None]
            goes = [w for w in ways if goes_left(columns[i], tree, above, sets, w) == tree["parents"][below][1]]
            if goes:
                row[i] = goes[0]
        i = tree["column"][node]
        for cell in edges(columns[i], tree["split"][node], sets, n):
            rows.append([*row[:i], cell, *row[i + 1 :]])
    return rows


def goes_left(column, tree, node, sets, cell):
    if cell is None:
        return None if column["required"] else bool(tree["missing"][node])
    if "levels" not in column:
        return cell < tree["split"][node]
    chosen = sets[tree["split"][node]]
    return chosen["unlisted"] if cell < 0 else cell in chosen["levels"]


def edges(column, split, sets, n):
    """Cells on both sides of a split, and by turns (n) a step of float32 beside it, missing, not listed."""
    missing = [] if column["required"] else [None]
    if "levels" in column:
        inside = sets[split]["levels"]
        outside = [v for v in range(len(column["levels"])) if v not in inside]
        return [v[n % len(v)] for v in (inside, outside) if v] + ([[-1], missing][n % 2] if column["open"] else missing)
    if column["type"] == "integer":
        near = [math.ceil(split) - 1, math.ceil(split)] if abs(split) < 2**53 else []
        return near + (missing if n % 2 else [])
    near = np.nextafter(np.float32(split), np.float32([-math.inf, math.inf])).astype(float).tolist()
    extra = [[near[0]], [near[1]], [math.nextafter(split, math.inf)], missing][n % 4]
    return [v for v in (math.nextafter(split, -math.inf), split, *extra) if v is None or abs(v) <= GREATEST]
