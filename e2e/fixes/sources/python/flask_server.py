"""Flask-SocketIO on eventlet, which it takes by itself where that is installed."""

import os

from flask import Flask

app = Flask(__name__)

# fix:start
# fix:end


@socketio.on("hello")
def hello(name):
    return f"Hello {name}"


@socketio.on("upload")
def upload(data):
    return len(data)


socketio.run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
