"""NVIDIA's own client against a server that serves heart. Usage: python triton.py http|grpc HOST:PORT"""

import queue
import sys

import numpy as np
from tritonclient.utils import InferenceServerException

way, url = sys.argv[1:]
if way == "http":
    import tritonclient.http as triton
else:
    import tritonclient.grpc as triton

client = triton.InferenceServerClient(url)
columns = (
    ("age", "INT64", np.array([50, 60, 70], dtype=np.int64)),
    ("oldpeak", "FP32", np.array([1.5, 0.3, np.nan], dtype=np.float32)),
    ("sex", "BYTES", np.array([b"male", b"female", b"male"], dtype=object)),
)


def inputs(binary=True, rows=3):
    made = []
    for name, datatype, values in columns:
        if not binary and datatype == "FP32":
            continue  # JSON has no NaN
        tensor = triton.InferInput(name, [rows], datatype)
        if way == "http":
            tensor.set_data_from_numpy(values[:rows], binary_data=binary)
        else:
            tensor.set_data_from_numpy(values[:rows])
        made.append(tensor)
    return made


def check(result, rows=3):
    chances = result.as_numpy("probability")
    assert chances.shape == (rows,) and ((chances > 0) & (chances < 1)).all(), chances
    return chances


def refused(what, call):
    try:
        call()
    except InferenceServerException as error:
        assert error.message() and "decoding" not in error.message(), error
        print(f"{what}: {error.status()} {error.message()}")
        return
    raise SystemExit(f"{what} was not refused")


assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("heart")
client.get_server_metadata()
client.get_model_metadata("heart")
client.get_model_config("heart")
client.get_model_repository_index()

whole = check(client.infer("heart", inputs(), request_id="mine"))
if way == "http":
    for coding in ("gzip", "deflate"):
        result = client.infer(
            "heart", inputs(), request_compression_algorithm=coding, response_compression_algorithm=coding
        )
        assert (check(result) == whole).all()
    for binary in (True, False):
        outputs = [triton.InferRequestedOutput(name, binary_data=binary) for name in ("probability", "warnings")]
        check(client.infer("heart", inputs(), outputs=outputs))
        check(client.infer("heart", inputs(binary=False), outputs=outputs))
    for answer in [client.async_infer("heart", inputs()) for _ in range(4)]:
        assert (check(answer.get_result()) == whole).all()
else:
    for coding in ("gzip", "deflate"):
        assert (check(client.infer("heart", inputs(), compression_algorithm=coding)) == whole).all()
    answers = queue.Queue()
    take = lambda result, error: answers.put((result, error))
    for _ in range(4):
        client.async_infer("heart", inputs(), callback=take)
    for _ in range(4):
        assert (check(answers.get(timeout=10)[0]) == whole).all()
    wrong = triton.InferInput("age", [1], "INT64")
    wrong.set_data_from_numpy(np.array([5000], dtype=np.int64))
    client.start_stream(take)
    for tensors in (inputs(), [wrong], inputs()):
        client.async_stream_infer("heart", tensors)
    (first, _), (_, error), (last, _) = [answers.get(timeout=10) for _ in range(3)]
    assert (check(first) == whole).all() and (check(last) == whole).all() and "too large" in error.message()
    client.stop_stream()
client.get_inference_statistics("heart")

half = triton.InferInput("age", [1], "FP16")
half.set_data_from_numpy(np.array([50], dtype=np.float16))
refused("FP16", lambda: client.infer("heart", [half]))
refused("another model", lambda: client.infer("other", inputs()))
refused("a sequence", lambda: client.infer("heart", inputs(), sequence_id=5))
refused("a priority", lambda: client.infer("heart", inputs(), priority=2))
refused("an unknown parameter", lambda: client.infer("heart", inputs(), parameters={"x": 1}))
refused("a classification", lambda: client.infer("heart", inputs(), outputs=[triton.InferRequestedOutput("probability", class_count=2)]))
refused("loading", lambda: client.load_model("heart"))
refused("shared memory", lambda: client.get_system_shared_memory_status())
