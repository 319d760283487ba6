"""A python-socketio server as an ASGI application, in uvicorn."""

import os

import uvicorn

# fix:start
# fix:end


@sio.on("hello")
async def hello(sid, name):
    return f"Hello {name}"


@sio.on("upload")
async def upload(sid, data):
    return len(data)


app = socketio.ASGIApp(sio)
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
