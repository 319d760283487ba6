"""A Python server whose region is all of it."""

# fix:start
# fix:end
