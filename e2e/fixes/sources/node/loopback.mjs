// Loaded before a source: whatever it opens is for this machine only, as all of the lab is.
import { Server } from 'node:net';

const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(first, ...rest) {
  if (typeof first === 'number' || typeof first === 'string')
    return listen.call(this, Number(first), '127.0.0.1', ...rest.filter((each) => typeof each === 'function'));
  return listen.call(this, typeof first === 'object' ? { ...first, host: '127.0.0.1' } : first, ...rest);
};
