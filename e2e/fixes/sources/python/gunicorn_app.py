"""python-socketio as an ASGI application, for gunicorn.sh."""

import os

import socketio

sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=[os.environ["PAGE"]])


@sio.on("hello")
async def hello(sid, name):
    return f"Hello {name}"


app = socketio.ASGIApp(sio)
