"""
Fits models of Spark ML and exports each: python spark_models.py EXPORT.PY FOLDER ROWS [NAME …]
With names, only these, and small.
"""

import importlib.util
import sys

import numpy as np
import pandas as pd
from pyspark.ml import Pipeline
from pyspark.ml.classification import DecisionTreeClassifier, GBTClassifier, LogisticRegression, RandomForestClassifier
from pyspark.ml.feature import Imputer, MinMaxScaler, OneHotEncoder, StandardScaler, StringIndexer, VectorAssembler
from pyspark.ml.regression import DecisionTreeRegressor, GBTRegressor, LinearRegression, RandomForestRegressor
from pyspark.sql import SparkSession

path, folder, rows, *wanted = sys.argv[1:]
spec = importlib.util.spec_from_file_location("export", path)
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)
n = 200 if wanted else 800
trees = 3 if wanted else 10

random = np.random.default_rng(5)
table = pd.DataFrame({
    "age": random.integers(18, 90, n), "bmi": random.normal(25, 4, n), "lactate": random.gamma(2, 1, n),
    "city": random.choice(["Lisboa", "São Paulo", "Recife", "O'Hare"], n), "smoker": random.choice(["yes", "no"], n),
    "insured": random.random(n) < 0.7,
})
z = table.age / 40 + table.bmi / 20 + np.log(table.lactate) + (table.city == "Recife") - 3 + random.normal(0, 1, n)
table["sick"] = np.where(z > 0, "sick", "well")
table["kind"] = np.digitize(z, [-1, 0.5]).astype(float)
table["cost"] = np.exp(z / 2)
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
data = spark.createDataFrame(table)

index = [StringIndexer(inputCol="city", outputCol="c", handleInvalid="keep"), StringIndexer(inputCol="smoker", outputCol="s")]
label = StringIndexer(inputCol="sick", outputCol="y", stringOrderType="alphabetDesc")
numbers = ["age", "bmi", "lactate"]
plain = [*index, VectorAssembler(inputCols=[*numbers, "c", "s"], outputCol="features", handleInvalid="keep")]
scaled = [
    *index, Imputer(inputCols=["bmi", "lactate"], outputCols=["b", "l"]), OneHotEncoder(inputCols=["c", "s"], outputCols=["d", "t"]),
    VectorAssembler(inputCols=["age", "b", "l"], outputCol="v"), StandardScaler(inputCol="v", outputCol="w", withMean=True),
    VectorAssembler(inputCols=["w", "d", "t"], outputCol="features"),
]
only = [VectorAssembler(inputCols=numbers, outputCol="features")]
indexed = [StringIndexer(inputCols=["city", "smoker"], outputCols=["c", "s"], handleInvalid="keep")]
tolerant = [*indexed, Imputer(inputCols=["bmi", "lactate"], outputCols=["b", "l"], strategy="median"), VectorAssembler(inputCols=["b", "l", "c", "s", "insured"], outputCol="features")]
ranged = [VectorAssembler(inputCols=numbers, outputCol="v"), MinMaxScaler(inputCol="v", outputCol="features")]
models = {
    "spark-forest": [label, *plain, RandomForestClassifier(labelCol="y", numTrees=trees, seed=1)],
    "spark-forest-classes": [*plain, RandomForestClassifier(labelCol="kind", numTrees=trees, seed=1)],
    "spark-forest-number": [*plain, RandomForestRegressor(labelCol="cost", numTrees=trees, seed=1)],
    "spark-forest-scaled": [label, *scaled, RandomForestClassifier(labelCol="y", numTrees=trees, seed=1)],
    "spark-gbt": [label, *plain, GBTClassifier(labelCol="y", maxIter=trees, seed=1)],
    "spark-gbt-number": [*only, GBTRegressor(labelCol="cost", maxIter=trees, seed=1)],
    "spark-tree": [*plain, DecisionTreeClassifier(labelCol="kind", seed=1)],
    "spark-tree-number": [*only, DecisionTreeRegressor(labelCol="cost", seed=1)],
    "spark-logistic": [label, *scaled, LogisticRegression(labelCol="y", regParam=0.01)],
    "spark-logistic-classes": [*only, LogisticRegression(labelCol="kind", regParam=0.01)],
    "spark-logistic-multinomial": [label, *only, LogisticRegression(labelCol="y", family="multinomial", regParam=0.01)],
    "spark-linear": [*scaled, LinearRegression(labelCol="cost")],
    "spark-linear-plain": [*only, LinearRegression(labelCol="cost", regParam=0.1, elasticNetParam=0.5)],
    "spark-forest-missing": [*tolerant, RandomForestRegressor(labelCol="cost", numTrees=trees, seed=1)],
    "spark-forest-min-max": [label, *ranged, GBTClassifier(labelCol="y", maxIter=trees, seed=1)],
}
for name, stages in models.items():
    if not wanted or name in wanted:
        model = Pipeline(stages=stages).fit(data)
        script.export(model, data, f"{folder}/{name}.jsonl", target="y", answers=int(rows))
spark.stop()
