# gunicorn with the application of server.py: how it is started is what the region is about.
cd "$(dirname "$0")" || exit 1
export GUNICORN_CMD_ARGS="--bind 127.0.0.1:$PORT --log-level error"
# Whoever ends this ends gunicorn, too: not this alone.
trap : TERM

# fix:start
# fix:end
