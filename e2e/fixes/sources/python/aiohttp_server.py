"""A python-socketio server on aiohttp."""

import os

from aiohttp import web

# fix:start
# fix:end


@sio.on("hello")
async def hello(sid, name):
    return f"Hello {name}"


@sio.on("upload")
async def upload(sid, data):
    return len(data)


app = web.Application()
sio.attach(app)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None, shutdown_timeout=0)
