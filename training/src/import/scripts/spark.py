"""Writes a fitted Spark ML model as a text file for `hearth import`: its numbers, its columns, and its own answers.

    from export import export
    export(model, rows, "model.jsonl", target="diagnosis")   # rows: a DataFrame like that of the fit
    # then:  hearth import model.jsonl

Reads   model: a PipelineModel whose last stage is a random forest, GBT, decision tree, logistic or linear regression, and whose other stages
        make each feature from one column: StringIndexer, OneHotEncoder, Imputer, StandardScaler, VectorAssembler …
        rows: a Spark DataFrame, of which a sample of 10,000 rows comes to the driver.
Writes  `path`, and a copy of the model in a temporary folder, to read its trees. In `path` are the numbers of the model, the least and the
        greatest number of each column, its categories, and made-up rows, in which each cell comes from another row, with the model's
        answers. No row is in it.
Sends   nothing: it uses no network but Spark's own. It sets Spark's log level to OFF.

The stages before the model are not translated. The script asks them what they make of one column at a time, finds by bisection the very
number at which each split changes sides, and so writes splits of the columns that you have. What it cannot say exactly, it refuses.

To read it: `export` is the whole story and the only place that writes; then its parts in that order: columns, features, trees or linear
terms, questions. The end of the file is what belongs to Spark: `tool_of` and `trees`.
"""

# The functions of every tool come here.


# -- Spark

KINDS = ("RandomForest", "GBT", "DecisionTree", "Logistic", "Linear")


def tool_of(model, rows):
    """What the functions above need to know of the model."""
    import pyspark
    from pyspark.ml import PipelineModel
    from pyspark.ml.functions import vector_to_array
    from pyspark.sql import types

    last, before, spark = model.stages[-1], PipelineModel(model.stages[:-1]), rows.sparkSession
    kind = type(last).__name__.removesuffix("Model")
    if kind.removesuffix("Classification").removesuffix("Regression") not in KINDS:
        raise Refused(f"{kind} is not a model that this script knows: it knows {', '.join(KINDS)}. Of XGBoost save the booster, and import that")
    spark.sparkContext.setLogLevel("OFF")  # the rows that the model refuses are asked on purpose
    cols = lambda stage, *options: [str(c) for o in options if stage.hasParam(o) and stage.isDefined(o) for c in np.ravel(stage.getOrDefault(o))]
    label = last.getOrDefault("labelCol")
    steps = [stage for stage in model.stages if label not in cols(stage, "outputCol", "outputCols")]
    made, taken = ({c for stage in steps for c in cols(stage, one, one + "s")} for one in ("outputCol", "inputCol"))
    names = [c for c in rows.columns if c in taken - made]
    sample = rows.select(names).limit(10000).collect()
    tool = SimpleNamespace(cast=lambda v: v, trees=None, scores=None, levels={}, bits=4)  # few questions of many rows: each is a job
    tool.source = {"tool": "Spark", "version": pyspark.__version__, "method": kind}
    plain = lambda v: None if v != v else float(v) if type(v).__name__ == "Decimal" else v
    tool.table = {c: [plain(row[i]) for row in sample] for i, c in enumerate(names)}
    known, labels = {}, []
    for stage in model.stages:
        if type(stage).__name__ == "StringIndexerModel":
            known.update(zip(cols(stage, "outputCol", "outputCols"), stage.labelsArray))
            tool.levels.update((c, list(levels)) for c, levels in zip(cols(stage, "inputCol", "inputCols"), stage.labelsArray) if c in names)
    spark_type = {types.StringType: types.StringType(), types.BooleanType: types.BooleanType()}
    fields = [types.StructField(c, spark_type.get(type(rows.schema[c].dataType), types.DoubleType()), True) for c in names]
    for field in fields:  # a number that is indexed as a text
        if field.name in tool.levels and isinstance(field.dataType, types.DoubleType):
            raise Refused(f"StringIndexer reads the number {field.name} as text: make it text (cast to string) before the fit")

    def frame(columns):
        cells = []
        for field, values in zip(fields, columns):
            values = values.tolist() if isinstance(values, np.ndarray) else list(values)
            is_number = isinstance(field.dataType, types.DoubleType)
            cells.append([math.nan if v is None else float(v) for v in values] if is_number else values)
        return spark.createDataFrame(list(zip(*cells)), types.StructType(fields), verifySchema=False)

    tool.frame = frame
    tool.transform = lambda made: np.array([row[0].toArray() for row in before.transform(made).select(last.getFeaturesCol()).collect()])
    count = getattr(last, "numClasses", 0)
    if count:
        labels = list(known.get(label, map(str, range(count))))[:count]
        tool.target = {"type": "binary" if count == 2 else "classes", "classes": labels}
        answer = lambda made: model.transform(made).select(vector_to_array(last.getProbabilityCol())).collect()
        tool.outputs = lambda made: np.array([row[0] for row in answer(made)])[:, 1 if count == 2 else 0 :]
    else:
        tool.target = {"type": "numeric"}
        tool.outputs = lambda made: np.array([[row[0]] for row in model.transform(made).select(last.getPredictionCol()).collect()])
    if kind.startswith("Linear"):
        tool.coefficients, tool.intercept = last.coefficients.toArray().reshape(1, -1), np.array([last.intercept])
        tool.answer = {"link": "identity"}
    elif kind.startswith("Logistic"):
        tool.coefficients, tool.intercept = last.coefficientMatrix.toArray(), last.interceptVector.toArray()
        if len(tool.coefficients) == 2:  # two classes of the multinomial family
            tool.coefficients, tool.intercept = np.diff(tool.coefficients, axis=0), np.diff(tool.intercept)
        tool.answer = {"link": "logit" if count == 2 else "softmax"}
    else:
        trees(tool, last, kind, count, spark)
    return tool


def trees(tool, last, kind, count, spark):
    """Reads the trees from a saved copy of the model: Spark has no other way to them in Python."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        last.write().overwrite().save(folder)
        nodes = [row.asDict(recursive=True) for row in spark.read.parquet(folder + "/data").collect()]
    by_tree = {}
    for node in nodes:
        by_tree.setdefault(node.get("treeID", 0), []).append(node.get("nodeData", node))
    shares = count > 0 and not kind.startswith("GBT")
    weights = last.treeWeights if kind.startswith("GBT") else [1.0] * len(by_tree)

    def threshold(node):
        choice = node["split"]
        if choice["numCategories"] < 0:
            return choice["leftCategoriesOrThreshold"][0] if node["leftChild"] >= 0 else 0
        left, known = frozenset(choice["leftCategoriesOrThreshold"]), frozenset(map(float, range(choice["numCategories"])))
        return (left, known, 2 * len(left) > choice["numCategories"])

    def value(node, weight):
        if node["leftChild"] >= 0:
            return 0
        if not shares:
            return node["prediction"] * weight
        stats = np.array(node["impurityStats"], dtype=float)
        stats = stats / stats.sum() if stats.sum() > 0 else stats
        return stats.tolist() if count > 2 else float(stats[1])

    tool.trees = []
    for weight, t in zip(weights, sorted(by_tree)):
        tree = sorted(by_tree[t], key=lambda node: node["id"])
        tool.trees.append({
            "feature": [node["split"]["featureIndex"] if node["leftChild"] >= 0 else -1 for node in tree],
            "threshold": [threshold(node) for node in tree],
            "missing": [False for _ in tree],
            "left": [node["leftChild"] for node in tree],
            "right": [node["rightChild"] for node in tree],
            "value": [value(node, weight) for node in tree],
            "cover": [float(node["rawCount"]) for node in tree] if "rawCount" in tree[0] else None,
        })
    if kind.startswith("GBT"):
        tool.answer = {"link": "logit", "scale": 2} if count else {"link": "identity"}
    else:
        tool.answer = {"link": "share"} if count > 2 else {"link": "identity", "divisor": len(tool.trees)}
