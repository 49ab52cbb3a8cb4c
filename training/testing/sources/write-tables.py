"""Writes the table of examples in every way that people write Parquet: write-tables.py FOLDER"""

import datetime as dt
import decimal
import glob
import os
import shutil
import sys

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from pyspark.sql import types as t

folder = sys.argv[1]
utc = dt.timezone.utc
rows = [
    dict(id=1, big=9007199254740993, whole=7, x=2.5, f=0.25, flag=True, city="São Paulo",
         day=dt.date(2024, 2, 29), at=dt.datetime(2024, 2, 29, 12, 30, 0, 500),
         seen=dt.datetime(2024, 2, 29, 12, 30, tzinfo=utc), amount=decimal.Decimal("12.30"),
         key=decimal.Decimal("12345678901234567890"), tags=["a", "b"]),
    dict(id=2, big=-2, whole=None, x=None, f=None, flag=None, city=None, day=None, at=None, seen=None,
         amount=None, key=None, tags=None),
    dict(id=3, big=3, whole=-7, x=-1e300, f=-0.5, flag=False, city="", day=dt.date(1899, 12, 31),
         at=dt.datetime(1969, 12, 31, 23, 59, 59, 250000), seen=dt.datetime(1999, 1, 1, tzinfo=utc),
         amount=decimal.Decimal("-0.05"), key=decimal.Decimal("3"), tags=[]),
]
schema = pa.schema([
    ("id", pa.int64()), ("big", pa.int64()), ("whole", pa.int32()), ("x", pa.float64()), ("f", pa.float32()),
    ("flag", pa.bool_()), ("city", pa.string()), ("day", pa.date32()), ("at", pa.timestamp("us")),
    ("seen", pa.timestamp("us", tz="UTC")), ("amount", pa.decimal128(10, 2)), ("key", pa.decimal128(20, 0)),
    ("tags", pa.list_(pa.string())),
])
arrow = pa.Table.from_pylist(rows, schema=schema)


def place(name):
    return os.path.join(folder, name)


arrow.to_pandas(types_mapper=pd.ArrowDtype).to_parquet(place("pandas.parquet"))
# what a person does who knows nothing of Arrow: numbers with NaN, categories, nanoseconds
pd.DataFrame({
    "x": [2.5, None, -1.0],
    "c": pd.Categorical(["a", None, "b"]),
    "at": pd.to_datetime(["2024-02-29 12:30:00.000000001", None, "1999-01-01"], format="ISO8601"),
}, index=[7, 8, 9]).to_parquet(place("pandas-plain.parquet"))
for compression in ["gzip", "zstd", "brotli", "lz4"]:
    repeated = pd.DataFrame({"c": ["abcabcabcabc"] * 40})
    repeated.to_parquet(place(f"pandas-{compression}.parquet"), compression=compression)
# several row groups, and pages of version 2
many = pa.table({"n": list(range(100)), "c": ["abc"[i % 3] for i in range(100)]})
pq.write_table(many, place("row-groups.parquet"), row_group_size=30, data_page_version="2.0")

duckdb.register("arrow_rows", arrow)
duckdb.sql(f"COPY arrow_rows TO '{place('duckdb.parquet')}' (FORMAT parquet)")

spark = SparkSession.builder.master("local[1]").config("spark.sql.session.timeZone", "UTC").config("spark.ui.enabled", "false").getOrCreate()
spark_schema = t.StructType([
    t.StructField("id", t.LongType()), t.StructField("big", t.LongType()), t.StructField("whole", t.IntegerType()),
    t.StructField("x", t.DoubleType()), t.StructField("f", t.FloatType()), t.StructField("flag", t.BooleanType()),
    t.StructField("city", t.StringType()), t.StructField("day", t.DateType()), t.StructField("at", t.TimestampNTZType()),
    t.StructField("seen", t.TimestampType()), t.StructField("amount", t.DecimalType(10, 2)),
    t.StructField("key", t.DecimalType(20, 0)), t.StructField("tags", t.ArrayType(t.StringType())),
])
data = spark.createDataFrame([tuple(row.values()) for row in rows], spark_schema).repartition(2).sortWithinPartitions("id")
for name, write in {"spark": data.write.parquet, "spark-csv": data.drop("tags").write.option("header", True).csv}.items():
    shutil.rmtree(place(name), ignore_errors=True)
    write(place(name))
    for check in glob.glob(place(name) + "/.*.crc"):
        os.remove(check)
