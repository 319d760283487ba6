/** Bounds of what one record may hold. All sizes are lengths of text (UTF-16 units), which is what it costs in memory. */
import type { HarEntry, HarStack, HarWebSocketMessage } from '../model/har.ts';

/** A body or frame beyond this is not evidence any more, only weight. */
export const MAX_TEXT = 256 * 1024;
/** Frames go into records of at most this much, so that no message to the worker grows too large. */
export const MAX_FRAMES_TEXT = 1024 * 1024;

export interface Fitted<T> {
  value: T;
  /** Whether something was left out to make it fit. */
  cut: boolean;
}

/** A body that is too large is left out, not shortened: a shortened payload cannot be decoded, and would look broken. */
export function fitBody(body: string | null): Fitted<string | null> {
  return body !== null && body.length > MAX_TEXT ? { value: null, cut: true } : { value: body, cut: false };
}

/** The entry with a request body that fits; as with a response, it is all or nothing. */
export function fitRequest(entry: HarEntry): Fitted<HarEntry> {
  const { postData } = entry.request;
  if ((postData?.text?.length ?? 0) <= MAX_TEXT) return { value: entry, cut: false };
  const { text: _, ...rest } = postData ?? {};
  return { value: { ...entry, request: { ...entry.request, postData: rest } }, cut: true };
}

/** The page's own call is among the innermost of them. */
export const MAX_STACK_FRAMES = 60;

/**
 * The entry with a call stack that fits. A client that tries again and again brings the calls of every attempt before, as
 * asynchronous parents: hundreds of attempts would make a log of hundreds of megabytes.
 */
export function fitStack(entry: HarEntry): HarEntry {
  const stack = entry._initiator?.stack;
  if (!stack) return entry;
  return { ...entry, _initiator: { ...entry._initiator, stack: innermost(stack, MAX_STACK_FRAMES) } };
}

function innermost({ callFrames = [], parent, ...rest }: HarStack, room: number): HarStack {
  const frames = callFrames.slice(0, room);
  const left = room - frames.length;
  return { ...rest, callFrames: frames, ...(parent && left > 0 && { parent: innermost(parent, left) }) };
}

/** A frame keeps its place in the order: its text is shortened, and `_length` says how long it was. */
export function fitFrame(message: HarWebSocketMessage): Fitted<HarWebSocketMessage> {
  if (message.data.length <= MAX_TEXT) return { value: message, cut: false };
  return { value: { ...message, data: message.data.slice(0, MAX_TEXT), _length: message.data.length }, cut: true };
}

/** Parts of a list of frames, each within the bound (or of one frame). */
export function splitFrames(messages: readonly HarWebSocketMessage[]): HarWebSocketMessage[][] {
  const parts: HarWebSocketMessage[][] = [];
  let room = 0;
  for (const message of messages) {
    const last = parts.at(-1);
    if (last && message.data.length <= room) last.push(message);
    else parts.push([message]);
    room = (last === parts.at(-1) ? room : MAX_FRAMES_TEXT) - message.data.length;
  }
  return parts;
}

/** About what a record costs. */
export function weigh(entry: HarEntry, body: string | null): number {
  const { _webSocketMessages: messages = [], ...head } = entry;
  const frames = messages.reduce((sum, message) => sum + message.data.length + 80, 0);
  return JSON.stringify(head).length + (body?.length ?? 0) + frames;
}
