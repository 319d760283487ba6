import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { COST_FACTOR, createLookSchedule, REGULAR_MS, SOON_MS } from './look-schedule.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** A schedule whose looks take `costMs`; the times at which they were made. */
function schedule(costMs = 0): { looks: number[] } & ReturnType<typeof createLookSchedule> {
  const looks: number[] = [];
  const look = async () => {
    looks.push(Date.now());
    if (costMs > 0) await new Promise((resolve) => setTimeout(resolve, costMs));
    return costMs;
  };
  return { looks, ...createLookSchedule(look) };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it('looks at once when someone begins to watch, then regularly', async () => {
  const { looks, setWatched } = schedule();
  await pass(60_000);
  expect(looks).toEqual([]);
  setWatched(true);
  await pass(2 * REGULAR_MS);
  expect(looks.map((at) => at - 60_000)).toEqual([0, REGULAR_MS, 2 * REGULAR_MS]);
});

it('stops when nobody watches any more', async () => {
  const { looks, setWatched } = schedule();
  setWatched(true);
  await pass(1);
  setWatched(false);
  await pass(60_000);
  expect(looks).toEqual([0]);
});

it('looks soon when something is expected', async () => {
  const { looks, setWatched, expectSoon } = schedule();
  setWatched(true);
  await pass(1_000);
  expectSoon();
  expectSoon();
  await pass(2_000);
  expect(looks).toEqual([0, 1_000 + SOON_MS]);
});

it('remembers what was expected while hidden until someone watches', async () => {
  const { looks, setWatched, expectSoon } = schedule();
  expectSoon();
  await pass(10_000);
  setWatched(true);
  await pass(0);
  expect(looks).toEqual([10_000]);
});

it('spaces looks by what they cost, whatever is wanted', async () => {
  const costMs = 200;
  const { looks, setWatched, expectSoon } = schedule(costMs);
  setWatched(true);
  await pass(costMs);
  expectSoon();
  setWatched(false);
  setWatched(true);
  await pass(COST_FACTOR * costMs - 1);
  expect(looks).toEqual([0]);
  await pass(1);
  expect(looks).toEqual([0, costMs + COST_FACTOR * costMs]);
});

it('goes on after a look that failed', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let looks = 0;
  const { setWatched } = createLookSchedule(() => {
    looks++;
    return Promise.reject(new Error('no HAR'));
  });
  setWatched(true);
  await pass(REGULAR_MS);
  expect(looks).toBe(2);
});
