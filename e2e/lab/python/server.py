"""A python-socketio server as the environment variable LAB describes it (JSON): see PythonConfig in ../python.ts."""

import json
import os
import sys

import socketio

CONFIG = json.loads(os.environ["LAB"])
PATH = CONFIG.get("path", "socket.io")
SERVER = CONFIG.get("server", {})
NAMESPACES = ["/", *CONFIG.get("namespaces", [])]
TOKEN = CONFIG.get("token")


def admit(auth):
    if TOKEN is not None and (auth or {}).get("token") != TOKEN:
        raise socketio.exceptions.ConnectionRefusedError("invalid token")


def greet(server, is_async):
    """The page says hello once it is connected, and shows the answer."""

    def connect(sid, environ, auth=None):
        admit(auth)

    def hello(sid, name):
        return f"Hello {name}"

    async def connect_async(sid, environ, auth=None):
        admit(auth)

    async def hello_async(sid, name):
        return f"Hello {name}"

    for namespace in NAMESPACES:
        server.on("connect", connect_async if is_async else connect, namespace=namespace)
        server.on("hello", hello_async if is_async else hello, namespace=namespace)


def on_aiohttp():
    from aiohttp import web

    server = socketio.AsyncServer(async_mode="aiohttp", **SERVER)
    greet(server, is_async=True)
    app = web.Application()
    server.attach(app, socketio_path=PATH)
    web.run_app(app, host="127.0.0.1", port=CONFIG["port"], print=None, shutdown_timeout=0)


def asgi_app():
    server = socketio.AsyncServer(async_mode="asgi", **SERVER)
    greet(server, is_async=True)
    return socketio.ASGIApp(server, socketio_path=PATH)


def on_uvicorn():
    import uvicorn

    uvicorn.run(
        "server:asgi_app",
        factory=True,
        app_dir=os.path.dirname(os.path.abspath(__file__)),
        host="127.0.0.1",
        port=CONFIG["port"],
        workers=CONFIG.get("workers", 1),
        ws=CONFIG.get("ws", "auto"),
        log_level="error",
    )


def on_gunicorn():
    from gunicorn.app.base import BaseApplication

    class Application(BaseApplication):
        def load_config(self):
            self.cfg.set("bind", f"127.0.0.1:{CONFIG['port']}")
            self.cfg.set("workers", CONFIG.get("workers", 1))
            # A poll is held for half a minute: each needs a thread of its own.
            self.cfg.set("worker_class", "gthread")
            self.cfg.set("threads", 50)
            self.cfg.set("loglevel", "error")
            self.cfg.set("graceful_timeout", 0)

        def load(self):
            server = socketio.Server(async_mode="threading", **SERVER)
            greet(server, is_async=False)
            return socketio.WSGIApp(server, socketio_path=PATH)

    Application().run()


if __name__ == "__main__":
    start = {"aiohttp": on_aiohttp, "uvicorn": on_uvicorn, "gunicorn": on_gunicorn}
    sys.exit(start[CONFIG.get("on", "aiohttp")]())
