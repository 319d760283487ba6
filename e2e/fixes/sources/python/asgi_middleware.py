"""A python-socketio server in uvicorn, inside an application whose CORSMiddleware (that of FastAPI, too) answers for everything."""

import os

import uvicorn
from starlette.middleware.cors import CORSMiddleware

# fix:start
# fix:end


@sio.on("hello")
async def hello(sid, name):
    return f"Hello {name}"


app = CORSMiddleware(socketio.ASGIApp(sio), allow_origins=[os.environ["PAGE"]], allow_credentials=True)
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
