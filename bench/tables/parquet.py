"""Writes a CSV file as Parquet, by pandas (needs pyarrow), DuckDB or Spark (needs Java): parquet.py WRITER FILE.csv PLACE"""

import sys

writer, source, place = sys.argv[1:]
if writer == "pandas":
    import pandas

    pandas.read_csv(source).to_parquet(place, index=False)
elif writer == "DuckDB":
    import duckdb

    duckdb.sql(f"COPY (FROM read_csv('{source}')) TO '{place}' (FORMAT parquet)")
else:
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.read.csv(source, header=True, inferSchema=True).write.parquet(place)
    spark.stop()
