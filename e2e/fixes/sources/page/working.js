// The page's own code, which has long work to do: that work is what the region is about.
const socket = io(window.server);

// fix:start
// fix:end
