"""KServe's own client against a server that serves heart. Usage: python kserve_client.py http|grpc HOST:PORT"""

import asyncio
import sys

import grpc
import httpx
import numpy as np
from kserve import InferInput, InferRequest, RESTConfig
from kserve.inference_client import InferenceGRPCClient, InferenceRESTClient

way, url = sys.argv[1:]


def request(binary, ages=(50, 60), model="heart"):
    age = InferInput("age", [2], "INT64")
    age.set_data_from_numpy(np.array(ages), binary_data=binary)
    sex = InferInput("sex", [2], "BYTES")
    sex.set_data_from_numpy(np.array([b"male", b"female"], dtype=object), binary_data=binary)
    return InferRequest(model, [age, sex])


async def main():
    if way == "http":
        client = InferenceRESTClient(RESTConfig(protocol="v2", retries=0))
        base = f"http://{url}"
        assert await client.is_server_live(base) and await client.is_server_ready(base)
        assert await client.is_model_ready(base, "heart")
        infer = lambda asked: client.infer(base, asked, model_name=asked.model_name)
    else:
        client = InferenceGRPCClient(url)
        assert await client.is_server_live() and await client.is_server_ready() and await client.is_model_ready("heart")
        infer = client.infer
    for binary in (True, False):
        answered = await infer(request(binary))
        chances = answered.outputs[0].as_numpy()
        assert answered.outputs[0].name == "probability" and chances.shape == (2,), chances
    for what, asked in (("a value not allowed", request(False, (50, 6000))), ("another model", request(True, model="other"))):
        try:
            await infer(asked)
        except httpx.HTTPStatusError as error:
            text = str(error)
        except grpc.RpcError as error:
            text = error.details()
        else:
            raise SystemExit(f"{what} was not refused")
        assert "too large" in text or 'there is no model "other"' in text, text
        print(f"{what}: {text}")
    await client.close()


asyncio.run(main())
