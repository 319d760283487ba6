"""A python-socketio server on aiohttp: where it is attached is what the region is about."""

import os

import socketio
from aiohttp import web

app = web.Application()
sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins=[os.environ["PAGE"]])

# fix:start
# fix:end


async def status(request):
    return web.json_response({"status": "ok"})


@sio.on("hello")
async def hello(sid, name):
    return f"Hello {name}"


async def page(request):
    return web.Response(text="<!doctype html><title>App</title>", content_type="text/html")


app.router.add_get("/status/{name}/", status)
app.router.add_get("/pages/{name}/", page)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None, shutdown_timeout=0)
