"""A python-socketio server on aiohttp, beside a route that allows the page."""

import os

from aiohttp import web

# fix:start
# fix:end


@sio.on("hello")
async def hello(sid, name):
    return f"Hello {name}"


async def profile(_request):
    return web.json_response({}, headers={"Access-Control-Allow-Origin": os.environ["PAGE"]})


@sio.on("upload")
async def upload(sid, data):
    return len(data)


app = web.Application()
app.router.add_get("/api/profile", profile)
sio.attach(app)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None, shutdown_timeout=0)
