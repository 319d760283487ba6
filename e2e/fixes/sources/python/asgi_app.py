"""python-socketio before another ASGI application, in uvicorn: how the two are put together is what the region is about."""

import os

import socketio
import uvicorn

sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=[os.environ["PAGE"]])


@sio.on("hello")
async def hello(sid, name):
    return f"Hello {name}"


async def api(scope, receive, send):
    """An interface that says the same wherever it is asked; it knows no WebSocket."""
    if scope["type"] != "http":
        return
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"status": "ok"}'})


async def page(scope, receive, send):
    """A single-page application: whatever is asked for, the answer is its page."""
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"<!doctype html><title>App</title>"})


# fix:start
# fix:end

uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
