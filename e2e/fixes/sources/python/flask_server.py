"""Flask-SocketIO on eventlet, which it takes by itself where that is installed."""

import os

from flask import Flask

app = Flask(__name__)

# fix:start
# fix:end


@app.route("/status/<name>/")
def status(name):
    return {"status": "ok"}


@app.route("/pages/<name>/")
def page(name):
    return "<!doctype html><title>App</title>"


@socketio.on("hello")
def hello(name):
    return f"Hello {name}"


@app.get("/api/profile")
def profile():
    return {}, 200, {"Access-Control-Allow-Origin": os.environ["PAGE"]}


@socketio.on("upload")
def upload(data):
    return len(data)


socketio.run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
