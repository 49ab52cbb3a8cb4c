"""Writes a fitted Spark ML model as a text file for `hearth import`: its numbers, its columns, and its own answers.

    from export import export
    export(model, rows, "model.jsonl", target="diagnosis")   # rows: a DataFrame like that of the fit
    # then:  hearth import model.jsonl

model   a PipelineModel whose last stage is a random forest, GBT, decision tree or logistic regression, and whose other stages make each
        feature from one column: StringIndexer, OneHotEncoder, Imputer, StandardScaler, VectorAssembler …
rows    a Spark DataFrame. A sample of 10,000 rows comes to the driver: the file holds the least and the greatest number of each column,
        its categories, and made-up rows, in which each cell comes from another row. No row is written.

The stages before the model are not translated. The script asks them what they make of one column at a time, finds by bisection the very
number at which each split changes sides, and so writes splits of the columns that you have. What it cannot say exactly, it refuses.
It writes nothing but `path` (and a copy of the model in a temporary folder, to read its trees), uses no network, and sets Spark's log level to OFF.
"""

# The functions of every tool come here.


# -- Spark


def tool_of(model, rows):
    """What the functions above need to know of the model."""
    import tempfile

    import pyspark
    from pyspark.ml import PipelineModel
    from pyspark.ml.functions import vector_to_array
    from pyspark.sql import types

    last, before = model.stages[-1], PipelineModel(model.stages[:-1])
    kind = type(last).__name__.removesuffix("Model")
    if kind.removesuffix("Classification").removesuffix("Regression") not in ("RandomForest", "GBT", "DecisionTree", "Logistic"):
        raise Refused(f"{kind} is not a model that this script knows: forests, GBT, decision trees and logistic regression")
    spark = rows.sparkSession
    tool = SimpleNamespace(cast=lambda v: v, trees=None, scores=None)
    tool.source = {"tool": "Spark", "version": pyspark.__version__, "method": kind}
    cols = lambda stage, *options: [str(c) for o in options if stage.hasParam(o) and stage.isDefined(o) for c in np.ravel(stage.getOrDefault(o))]
    steps = [stage for stage in model.stages if last.getOrDefault("labelCol") not in cols(stage, "outputCol", "outputCols")]
    made = {c for stage in steps for c in cols(stage, "outputCol", "outputCols")}
    taken = {c for stage in steps for c in cols(stage, "inputCol", "inputCols")}
    names = [c for c in rows.columns if c in taken - made]
    spark.sparkContext.setLogLevel("OFF")  # the rows that the model refuses are asked on purpose
    texts = {field.name: isinstance(field.dataType, types.StringType) for field in rows.schema}
    whole = {field.name: isinstance(field.dataType, types.IntegralType) for field in rows.schema}
    sample = rows.select(names).limit(10000).collect()
    tool.table = {c: [bool(row[i]) if isinstance(row[i], bool) else row[i] for row in sample] for i, c in enumerate(names)}
    tool.levels = {}
    labels = ["0", "1"]
    for stage in model.stages:
        if type(stage).__name__ == "StringIndexerModel":
            inputs = stage.getInputCols() if stage.isDefined("inputCols") else [stage.getInputCol()]
            tool.levels.update((c, list(levels)) for c, levels in zip(inputs, stage.labelsArray) if c in names)
            outputs = stage.getOutputCols() if stage.isDefined("outputCols") else [stage.getOutputCol()]
            labels = dict(zip(outputs, stage.labelsArray)).get(last.getOrDefault("labelCol"), labels)
    is_double = {c: not texts[c] and not (c not in tool.levels and any(isinstance(v, bool) for v in tool.table[c])) for c in names}
    field_types = {c: types.DoubleType() if is_double[c] else types.StringType() if texts[c] else types.BooleanType() for c in names}
    schema = types.StructType([types.StructField(c, field_types[c], True) for c in names])

    def frame(columns):
        number = lambda v: math.nan if v is None else float(v)
        cells = [[number(v) for v in values] if is_double[c] else list(values) for c, values in zip(names, columns)]
        return spark.createDataFrame(list(zip(*cells)), schema)

    tool.frame = frame
    tool.transform = lambda made: np.array([row[0].toArray() for row in before.transform(made).select(last.getFeaturesCol()).collect()])
    is_class = hasattr(last, "numClasses")
    count = last.numClasses if is_class else 2
    outputs = 1 if count == 2 else count
    labels = list(labels) if len(labels) == count else [str(k) for k in range(count)]
    if is_class:
        tool.target = {"type": "binary" if outputs == 1 else "classes", "classes": labels}
        answer = lambda made: model.transform(made).select(vector_to_array(last.getProbabilityCol()))
        tool.outputs = lambda made: np.array([row[0] for row in answer(made).collect()])[:, 1 if outputs == 1 else 0 :]
    else:
        tool.target = {"type": "numeric"}
        tool.outputs = lambda made: np.array([[row[0]] for row in model.transform(made).select(last.getPredictionCol()).collect()])
    if kind.startswith("Logistic"):
        tool.coefficients = last.coefficientMatrix.toArray()
        tool.intercept = last.interceptVector.toArray()
        if len(tool.coefficients) == 2:  # two classes of the multinomial family
            tool.coefficients, tool.intercept = np.diff(tool.coefficients, axis=0), np.diff(tool.intercept)
        tool.answer = {"link": "logit" if outputs == 1 else "softmax"}
        return tool

    with tempfile.TemporaryDirectory() as folder:
        last.write().overwrite().save(folder)
        nodes = [row.asDict(recursive=True) for row in spark.read.parquet(folder + "/data").collect()]
    by_tree = {}
    for node in nodes:
        by_tree.setdefault(node.get("treeID", 0), []).append(node.get("nodeData", node))
    trees = [sorted(by_tree[t], key=lambda node: node["id"]) for t in sorted(by_tree)]
    weights = last.treeWeights if kind.startswith("GBT") else [1.0] * len(trees)
    shares = is_class and not kind.startswith("GBT")

    def split(node):
        choice = node["split"]
        if choice["numCategories"] < 0:
            return choice["leftCategoriesOrThreshold"][0]
        left, known = frozenset(choice["leftCategoriesOrThreshold"]), frozenset(map(float, range(choice["numCategories"])))
        return (left, known, 2 * len(left) > choice["numCategories"])

    def value(node, weight):
        if node["leftChild"] >= 0:
            return 0
        if not shares:
            return node["prediction"] * weight
        stats = np.array(node["impurityStats"], dtype=float)
        stats = stats / stats.sum() if stats.sum() > 0 else stats
        return stats.tolist() if outputs > 1 else float(stats[1])

    tool.trees = [
        {
            "feature": [node["split"]["featureIndex"] if node["leftChild"] >= 0 else -1 for node in tree],
            "threshold": [split(node) if node["leftChild"] >= 0 else 0 for node in tree],
            "missing": [False for _ in tree],
            "left": [node["leftChild"] for node in tree],
            "right": [node["rightChild"] for node in tree],
            "value": [value(node, weight) for node in tree],
            "cover": [float(node["rawCount"]) for node in tree] if "rawCount" in tree[0] else None,
        }
        for tree, weight in zip(trees, weights)
    ]
    if kind == "GBTClassification":
        tool.answer = {"link": "logit", "scale": 2}
    else:
        tool.answer = {"link": "identity", "divisor": 1 if kind.startswith("GBT") else len(trees)}
    if shares and outputs > 1:
        tool.answer = {"link": "share"}
    return tool
