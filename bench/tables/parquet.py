"""Writes a CSV file as Parquet by pandas, DuckDB and Spark: parquet.py FILE.csv FOLDER. Needs pandas, pyarrow, duckdb, pyspark and Java."""

import sys
from pathlib import Path

import duckdb
import pandas
from pyspark.sql import SparkSession

source, folder = sys.argv[1], Path(sys.argv[2])
pandas.read_csv(source).to_parquet(folder / "pandas.parquet", index=False)
duckdb.sql(f"COPY (FROM read_csv('{source}')) TO '{folder / 'duckdb.parquet'}' (FORMAT parquet)")
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.read.csv(source, header=True, inferSchema=True).write.parquet(str(folder / "spark"))
spark.stop()
