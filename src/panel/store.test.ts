import { expect, it, vi } from 'vitest';
import { createStore } from './store.ts';

function setUp() {
  const frames: (() => void)[] = [];
  const store = createStore(0, (callback) => frames.push(callback));
  const listener = vi.fn();
  const unsubscribe = store.subscribe(listener);
  const frame = () => {
    for (const callback of frames.splice(0)) callback();
  };
  return { store, listener, unsubscribe, frame, frames };
}

it('shows any number of changes once, at the next frame', () => {
  const { store, listener, frame, frames } = setUp();
  for (let i = 0; i < 100; i++) store.update((value) => value + 1);
  expect([store.get(), listener.mock.calls.length, frames.length]).toEqual([0, 0, 1]);
  frame();
  expect([store.get(), listener.mock.calls.length]).toEqual([100, 1]);
});

it('goes on after a frame', () => {
  const { store, listener, frame } = setUp();
  store.update(() => 1);
  frame();
  store.update(() => 2);
  frame();
  expect([store.get(), listener.mock.calls.length]).toEqual([2, 2]);
});

it('tells nobody when nothing changed, or who has left', () => {
  const { store, listener, unsubscribe, frame } = setUp();
  store.update((value) => value);
  frame();
  unsubscribe();
  store.update(() => 7);
  frame();
  expect(listener).not.toHaveBeenCalled();
  expect(store.get()).toBe(7);
});
