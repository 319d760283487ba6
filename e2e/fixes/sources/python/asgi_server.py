"""A python-socketio server as an ASGI application, in uvicorn, beside routes that allow the page."""

import os

import uvicorn

# fix:start
# fix:end


@sio.on("hello")
async def hello(sid, name):
    return f"Hello {name}"


async def routes(scope, receive, send):
    headers = [(b"access-control-allow-origin", os.environ["PAGE"].encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{}"})


@sio.on("upload")
async def upload(sid, data):
    return len(data)


app = socketio.ASGIApp(sio, routes)
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
