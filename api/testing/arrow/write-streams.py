"""Writes the same three rows of the tiny model as pyarrow and polars write Arrow streams, into the folder that is named."""

import sys
from pathlib import Path

import polars
import pyarrow as pa

folder = Path(sys.argv[1])
rows = {"age": [60, None, 30], "sex": ["male", None, "female"], "weight": [80.5, None, 0.1]}


def write(name, table, **options):
    with pa.ipc.new_stream(str(folder / f"{name}.arrow"), table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table, max_chunksize=2)


write("pyarrow", pa.table(rows))
write(
    "pyarrow-types",
    pa.table(
        {
            "age": pa.array(rows["age"], pa.int8()),
            "sex": pa.array(rows["sex"], pa.large_string()).dictionary_encode(),
            "weight": pa.array(rows["weight"], pa.float32()),
        }
    ),
)
for compression in ("lz4", "zstd"):
    write(f"pyarrow-{compression}", pa.table(rows), compression=compression)
polars.DataFrame(rows).write_ipc_stream(folder / "polars.arrow")
polars.DataFrame(rows).write_ipc_stream(folder / "polars-oldest.arrow", compat_level=polars.CompatLevel.oldest())
