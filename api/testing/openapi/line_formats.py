"""Bodies of JSON lines, CSV and Arrow for Schemathesis, made from the schema of a row: for the document they are text."""

import json
import os
import urllib.request

import pyarrow
import pyarrow.ipc
import schemathesis
from hypothesis import strategies as st

document = json.load(urllib.request.urlopen(os.environ["HEARTH"] + "/openapi.json"))


def values(column):
    """Values that the schema of a column allows."""
    if "enum" in column:
        return st.sampled_from([value for value in column["enum"] if value is not None])
    kinds = column["type"] if isinstance(column["type"], list) else [column["type"]]
    low, high = column.get("minimum", -(10**6)), column.get("maximum", 10**6)
    if "integer" in kinds:
        return st.integers(int(low), int(high))
    if "number" in kinds:
        return st.decimals(low, high, places=2).map(float)
    if "boolean" in kinds:
        return st.booleans()
    raise TypeError(f"no values for {column}")


columns = document["components"]["schemas"]["Row"]["properties"]
names = list(columns)
row = st.fixed_dictionaries({name: values(column) for name, column in columns.items()})
rows = st.lists(row, min_size=1, max_size=20)


def cell(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def table(some):
    lines = [names, *([cell(each[name]) for name in names] for each in some)]
    return "".join(",".join(line) + "\n" for line in lines).encode()


def json_lines(some):
    return "".join(json.dumps(each) + "\n" for each in some).encode()


def arrow_stream(some):
    batch = pyarrow.RecordBatch.from_pylist(some)
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue().to_pybytes()


arrow = "application/vnd.apache.arrow.stream"
schemathesis.openapi.media_type("text/csv", rows.map(table))
schemathesis.openapi.media_type(arrow, rows.map(arrow_stream))
for name in ("application/x-ndjson", "application/jsonlines"):
    schemathesis.openapi.media_type(name, rows.map(json_lines))
