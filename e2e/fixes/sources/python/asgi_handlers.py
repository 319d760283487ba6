"""A python-socketio server as an ASGI application: what it does with those who come is what the region is about."""

import os

import socketio
import uvicorn

sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=[os.environ["PAGE"]])


def is_valid(token):
    return token == "valid"


async def check(auth):
    if not is_valid(auth["token"]):
        raise ValueError("jwt expired")


async def hello(sid, name):
    return f"Hello {name}"


# fix:start
# fix:end

for namespace in {"/", *sio.handlers}:
    sio.on("hello", hello, namespace=namespace)
uvicorn.run(socketio.ASGIApp(sio), host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
