"""Reads a version of a model as docs/FORMAT.md describes it, formats 1 and 2. Needs Python 3.9 or later and nothing else.

python3 reader.py FOLDER < rows.jsonl > answers.jsonl     one array of K numbers, [K numbers, low, high]
or, with the interval of the outcome, [number, low, high, mean's low, mean's high] per line;
with prediction sets [K numbers, K times 1 or 0]
"""

import datetime, json, math, re, statistics, struct, sys, zoneinfo

NAN = float("nan")
normal = statistics.NormalDist()


def tensors(path):
    with open(path, "rb") as file:
        raw = file.read()
    start = 8 + struct.unpack("<Q", raw[:8])[0]
    codes = {"F64": "d", "I32": "i", "U8": "B"}
    view = memoryview(raw)
    return {
        name: view[start + e["data_offsets"][0] : start + e["data_offsets"][1]].cast(codes[e["dtype"]])
        for name, e in json.loads(raw[8:start]).items()
    }


def float32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def seconds(text, zone):
    """Seconds since 1970-01-01T00:00:00 on the clock of the model."""
    whole, fraction, offset = re.fullmatch(r"(.{10}(?:T[\d:]+)?)(\.\d+)?(Z|[+-].+)?", text).groups("")
    time = datetime.datetime.fromisoformat(whole + offset.replace("Z", "+00:00"))
    if time.tzinfo:
        time = time.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)
    passed = time - datetime.datetime(1970, 1, 1)
    return passed.days * 86400 + passed.seconds + float("0" + fraction)


class Model:
    def __init__(self, folder):
        with open(f"{folder}/model.json", encoding="utf-8") as file:
            self.manifest = json.load(file)
        self.trees = tensors(f"{folder}/forest.safetensors")
        self.spread = tensors(f"{folder}/spread.safetensors") if "interval" in self.manifest else None
        target = self.manifest["target"]
        self.outputs = len(target.get("classes") or target.get("quantiles") or [0])
        self.columns = {c["name"]: c for c in self.manifest["columns"]}
        self.index = {
            c["name"]: {v["value"]: i for i, v in enumerate(c["categories"])}
            for c in self.manifest["columns"]
            if c["type"] == "category"
        }

    def cell(self, column, row):
        value = row.get(column["name"])
        if value is None or self.is_code(column, value):
            return NAN
        if column["type"] == "category":
            return self.index[column["name"]].get(value, len(column["categories"]))
        if column["type"] in ("date", "datetime"):
            return seconds(value, self.manifest.get("timeZone"))
        return float(value)

    def is_code(self, column, value):
        codes = column.get("missingCodes", [])
        if isinstance(value, str) or column["type"] in ("category", "date", "datetime", "boolean"):
            return value in codes
        return any(number(code) == value for code in codes)

    def feature(self, f, row):
        c = self.cell(self.columns[f["column"]], row)
        if math.isnan(c):
            return NAN
        if "equals" in f:
            return float(c == self.index[f["column"]][f["equals"]])
        if "in" in f:
            return float(self.trees["sets"][f["in"] + (int(c) >> 3)] >> (int(c) & 7) & 1)
        if "numbers" in f:
            return NAN if f["numbers"][int(c)] is None else f["numbers"][int(c)]
        if "nonzero" in f:
            return NAN if abs(c) <= f["nonzero"] else c
        if "above" in f:
            return max(0.0, c - f["above"])
        if "log" in f:
            return math.log(c)
        if "part" in f:
            return part(f["part"], c)
        return c

    def leaf(self, t, root, x):
        node = root
        while (f := t["feature"][node]) >= 0:
            left = t["missing_left"][node] if math.isnan(x[f]) else x[f] < t["threshold"][node]
            node = t["left"][node] if left else t["right"][node]
        return t["value"][node]

    def scores(self, row):
        t, a, K = self.trees, self.manifest["answer"], self.outputs
        r = float32 if a.get("precision") == "float32" else float
        at = lambda member, default, k: v[k] if isinstance(v := a.get(member, default), list) else v
        x = [self.feature(f, row) for f in self.manifest["features"]]
        leaves = [self.leaf(t, root, x) for root in t["roots"]]
        scores = []
        for k in range(K):
            s = at("base", 0, k) if a.get("baseFirst") else 0.0
            for tree, leaf in enumerate(leaves):
                if "leaf_values" in t:
                    s = r(s + t["leaf_values"][int(leaf) * K + k])
                elif (t["output"][tree] if "output" in t else 0) == k:
                    s = r(s + leaf)
            for j, value in enumerate(x if "linear" in t else []):
                coefficient, missing = t["linear"][j * K + k], t["linear_missing"][j * K + k] if "linear_missing" in t else 0
                if coefficient or missing:
                    s = r(s + (missing if math.isnan(value) else r(coefficient * value)))
            if not a.get("baseFirst"):
                s = r(s + at("base", 0, k))
            scores.append(r(r(r(s / at("divisor", 1, k)) * at("scale", 1, k)) + at("offset", 0, k)))
        return x, scores

    def answer(self, row):
        a = self.manifest["answer"]
        x, s = self.scores(row)
        answers = linked(a["link"], s, float32 if a.get("precision") == "float32" else float)
        if "recalibration" in a:
            c = a["recalibration"]
            answers = [sigmoid(c["intercept"] + c["slope"] * logit(answers[0]))]
        if "predictionSet" in self.manifest:
            least = self.nearest(self.manifest["predictionSet"]["thresholds"], row)["least"]
            most = answers.index(max(answers))
            return answers + [int(p >= least or k == most) for k, p in enumerate(answers)]
        if self.spread:
            ends, sd = self.ends(answers[0], s[0], x, row)
            if "outcome" in self.manifest["interval"]:
                answers += self.outcome(answers[0], sd, row)
            answers += ends
        return answers

    def ends(self, answer, score, x, row):
        i, a = self.manifest["interval"], self.manifest["answer"]
        total = 0.0
        for root in self.spread["roots"]:
            total += self.leaf(self.spread, root, x)
        s, z = math.exp((i["base"] + total) / i["divisor"]), 1.6448536269514722
        if "probability" in i:
            score = score if a["link"] == "logit" else logit(answer)
            missing = self.nearest(i["probability"]["missing"], row)["share"]
            m = score * math.sqrt(1 + math.pi * missing * s * s / 8)
            below = 0.05 + 0.049 * math.tanh(2.25 * s * math.tanh(m / 2))
            low, high = m + s * normal.inv_cdf(below), m + s * normal.inv_cdf(below + 0.9)
            low, high = sigmoid(min(low, score - 0.25 * s)), sigmoid(max(high, score + 0.25 * s))
            return [min(low, answer), max(high, answer)], s
        if self.manifest["target"]["type"] == "binary":
            m = (score if a["link"] == "logit" else logit(answer)) * math.sqrt(1 + math.pi * s * s / 8)
            low, high = sigmoid(m - z * s), sigmoid(m + z * s)
        elif self.manifest["target"]["type"] == "count":
            low, high = answer * math.exp(-z * s), answer * math.exp(z * s)
        else:
            low, high = answer - z * s, answer + z * s
            if a["link"] == "log":
                low, high = math.exp(score - z * s), math.exp(score + z * s)
        return [min(low, answer), max(high, answer)], s

    def nearest(self, entries, row):
        used = {f["column"] for f in self.manifest["features"]}
        given = sum(not math.isnan(self.cell(self.columns[name], row)) for name in used) / len(used)
        return min(entries, key=lambda each: abs(each["given"] - given))

    def outcome(self, answer, s, row):
        o = self.manifest["interval"]["outcome"]
        q = self.nearest(o["quantiles"], row)
        if o["of"] == "count":
            u = math.sqrt(o["noise"] * o["noise"] * (answer + 0.5) + answer * answer * s * s)
            return [max(0, math.floor(answer + q["low"] * u)), math.ceil(answer + q["high"] * u)]
        u = math.sqrt(s * s + o["noise"] * o["noise"])
        if o["of"] == "ratio":
            return [answer * math.exp(q["low"] * u), answer * math.exp(q["high"] * u)]
        return [answer + q["low"] * u, answer + q["high"] * u]


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else math.exp(x)


def logit(p):
    q = min(1 - 1e-12, max(1e-12, p))
    return math.log(q / (1 - q))


def linked(link, s, r):
    if link == "logit":
        return [r(1 / r(1 + r(math.exp(min(-x, 88.7))))) if r is float32 else sigmoid(x) for x in s]
    if link == "log":
        return [r(math.exp(x)) for x in s]
    if link == "softmax":
        e = [r(math.exp(r(x - max(s)))) for x in s]
        total = r(sum(e))
        return [r(x / total) for x in e]
    if link == "share":
        total = sum(s)
        return [x / total if total else 1 / len(s) for x in s]
    return s


def part(name, c):
    day = math.floor(c / 86400)
    date = datetime.date(1970, 1, 1) + datetime.timedelta(days=day)
    return float(
        {
            "year": lambda: date.year,
            "month": lambda: date.month,
            "dayOfYear": lambda: date.timetuple().tm_yday,
            "weekday": date.isoweekday,
            "hour": lambda: (c - 86400 * day) / 3600,
            "days": lambda: c / 86400,
        }[name]()
    )


if __name__ == "__main__":
    model = Model(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(model.answer(json.loads(line))))
