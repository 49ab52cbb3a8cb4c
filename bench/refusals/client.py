# Python's httpx. Usage: python3 client.py URL BODIES LIMIT
import sys

import httpx

url, bodies, limit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with httpx.Client(trust_env=False, timeout=30) as client:
    for i in range(bodies):
        body = b" " * int(limit * (1.1 + 2.9 * i / bodies))
        pieces = (body[at : at + 65536] for at in range(0, len(body), 65536))
        try:
            content = body if i % 2 else pieces
            response = client.post(url, content=content, headers={"content-type": "application/json"})
            print(response.status_code, response.json()["type"])
        except Exception as error:
            print(type(error).__name__, error)
