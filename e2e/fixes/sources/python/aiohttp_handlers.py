"""A python-socketio server on aiohttp: what it does with those who come is what the region is about."""

import os

import socketio
from aiohttp import web

app = web.Application()
sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins=[os.environ["PAGE"]])
sio.attach(app)


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
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None, shutdown_timeout=0)
