/** Names that people give to paths: `/api/socket`, `/ws`, `/socket.io`. */
const LOOKS_LIKE_PATH = /\/.+\/|^\/(api|ws|wss|socket|sockets|socket\.io|realtime)\b/i;

/** Whether a namespace may have been meant as a path. */
export function mayBePath(namespace: string): boolean {
  return LOOKS_LIKE_PATH.test(namespace);
}

/** Words that name the way to a server, and no topic of a conversation: as a whole part of the name. */
const PATH_WORD = /^(api|ws|wss|socket|sockets|socket\.?io|websockets?|realtime)$/i;

/** Whether the namespace can hardly be meant as anything but a path. */
export function isPathName(namespace: string): boolean {
  return namespace.length > 1 && (namespace.endsWith('/') || namespace.split('/').some((part) => PATH_WORD.test(part)));
}
