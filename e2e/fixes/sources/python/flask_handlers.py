"""Flask-SocketIO on eventlet: what it does with those who come is what the region is about."""

import os

from flask import Flask
from flask_socketio import SocketIO

app = Flask(__name__)
socketio = SocketIO(app, cors_allowed_origins=[os.environ["PAGE"]])


def is_valid(token):
    return token == "valid"


def check(auth):
    if not is_valid(auth["token"]):
        raise ValueError("jwt expired")


# fix:start
# fix:end


for namespace in {"/", *socketio.server.handlers}:
    socketio.on_event("hello", lambda name: f"Hello {name}", namespace=namespace)
socketio.run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
