import { describe, expect, it } from 'vitest';
import type { HarStack } from '../model/har.ts';
import { entry, message, socketEntry } from '../testing/entries.ts';
import {
  fitBody,
  fitFrame,
  fitRequest,
  fitStack,
  MAX_FRAMES_TEXT,
  MAX_STACK_FRAMES,
  MAX_TEXT,
  splitFrames,
  weigh,
} from './size.ts';

const large = 'x'.repeat(MAX_TEXT + 1);

describe('what does not fit', () => {
  it('is left out of a response, never shortened', () => {
    expect(fitBody(large)).toEqual({ value: null, cut: true });
    expect(fitBody(large.slice(1))).toEqual({ value: large.slice(1), cut: false });
    expect(fitBody(null)).toEqual({ value: null, cut: false });
  });

  it('is left out of a request, which keeps its size', () => {
    const { value, cut } = fitRequest(entry({ method: 'POST', requestBody: large }));
    expect(cut).toBe(true);
    expect(value.request.postData).toEqual({ mimeType: 'text/plain;charset=UTF-8' });
    expect(value.request.bodySize).toBe(large.length);
  });

  it('is cut off a frame, which says how long it was', () => {
    const { value, cut } = fitFrame(message('send', large, 1));
    expect([cut, value.data.length, value._length]).toEqual([true, MAX_TEXT, large.length]);
    expect(fitFrame(message('send', '2', 1))).toEqual({ value: message('send', '2', 1), cut: false });
  });
});

describe('splitFrames', () => {
  it('keeps the order, and every part within its bound', () => {
    const frames = Array.from({ length: 30 }, (_, index) =>
      message('send', String(index % 10).repeat(MAX_TEXT / 2), index),
    );
    const parts = splitFrames(frames);
    expect(parts.flat()).toEqual(frames);
    const sizes = parts.map((part) => part.reduce((sum, frame) => sum + frame.data.length, 0));
    expect(Math.max(...sizes)).toBe(MAX_FRAMES_TEXT);
    expect(parts).toHaveLength(4);
  });

  it('gives a part to a frame that fits nowhere', () => {
    const frames = [
      message('send', 'a', 1),
      message('send', 'b'.repeat(MAX_FRAMES_TEXT + 1), 2),
      message('send', 'c', 3),
    ];
    expect(splitFrames(frames).map((part) => part.length)).toEqual([1, 1, 1]);
  });
});

it('weigh counts headers, body and frames', () => {
  const plain = weigh(entry({ url: 'http://a.test/' }), null);
  expect(weigh(entry({ url: 'http://a.test/' }), 'x'.repeat(500))).toBe(plain + 500);
  const socket = (data: string) => weigh(socketEntry({ key: 'k', messages: [message('send', data, 1)] }), null);
  expect(socket('x'.repeat(500)) - socket('')).toBe(500);
  expect(plain).toBeGreaterThan(400);
});

describe('a call stack', () => {
  const callFrames = [
    { functionName: 'open', url: 'a.js' },
    { functionName: 'connect', url: 'b.js' },
  ];
  const stacked = (depth: number) => {
    let stack: HarStack = { callFrames };
    for (let level = 1; level < depth; level += 1) stack = { callFrames, parent: stack };
    return { ...entry(), _initiator: { type: 'script', stack } };
  };
  const depthOf = (stack: HarStack | undefined): number => (stack ? 1 + depthOf(stack.parent) : 0);

  it('is kept where it is short', () => {
    const short = stacked(3);
    expect(fitStack(short)).toEqual(short);
  });
  it('keeps its innermost frames where it is long', () => {
    expect(depthOf(fitStack(stacked(5_000))._initiator?.stack)).toBe(MAX_STACK_FRAMES / callFrames.length);
  });
});
