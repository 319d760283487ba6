import { describe, expect, it } from 'vitest';
import { applyPatch } from './apply-patch.ts';
import { endpoint, exchange, panelState, session } from './dev/builders.ts';

const three = () => panelState({ sessions: ['s1', 's2', 's3'].map((id) => session({ id })) });

describe('applyPatch', () => {
  it('leaves what the patch does not name as the very same objects', () => {
    const before = three();
    const after = applyPatch(before, { recording: false });
    expect(after.recording).toBe(false);
    expect(after.sessions).toBe(before.sessions);
    expect(after.summary).toBe(before.summary);
  });

  it('changes an item in its place', () => {
    const before = three();
    const after = applyPatch(before, { sessions: { set: [session({ id: 's2', state: 'connected' })] } });
    expect(after.sessions.map(({ id, state }) => [id, state])).toEqual([
      ['s1', 'failed'],
      ['s2', 'connected'],
      ['s3', 'failed'],
    ]);
    expect(after.sessions[0]).toBe(before.sessions[0]);
  });

  it('does not touch the state it is given', () => {
    const before = three();
    const copy = structuredClone(before);
    applyPatch(before, { sessions: { set: [session({ id: 's4' })], order: ['s4', 's1'] }, recording: false });
    expect(before).toEqual(copy);
  });

  it('follows the order: new items in their place, missing ones gone', () => {
    const after = applyPatch(three(), { sessions: { set: [session({ id: 's9' })], order: ['s3', 's9', 's1'] } });
    expect(after.sessions.map(({ id }) => id)).toEqual(['s3', 's9', 's1']);
  });

  it('puts a new item last when no order is given', () => {
    const after = applyPatch(three(), {
      sessions: { set: [session({ id: 's4' }), session({ id: 's1', attempts: 2 })] },
    });
    expect(after.sessions.map(({ id, attempts }) => [id, attempts])).toEqual([
      ['s1', 2],
      ['s2', 1],
      ['s3', 1],
      ['s4', 1],
    ]);
  });

  it('leaves out an id in the order that nobody ever told about', () => {
    const after = applyPatch(three(), { sessions: { set: [], order: ['s1', 'ghost'] } });
    expect(after.sessions.map(({ id }) => id)).toEqual(['s1']);
  });

  it('empties a collection', () => {
    expect(applyPatch(three(), { sessions: { set: [], order: [] } }).sessions).toEqual([]);
  });

  it('takes null for a value, but not undefined', () => {
    const before = panelState();
    expect(applyPatch(before, { page: null }).page).toBeNull();
    expect(applyPatch(before, { page: undefined, summary: undefined })).toEqual(before);
  });

  it('builds the same state from patches as from a snapshot', () => {
    const whole = panelState({
      endpoints: [endpoint({ sessions: ['s1'] })],
      sessions: [session()],
      exchanges: [exchange({ id: 'x1' }), exchange({ id: 'x2' })],
    });
    const { endpoints, sessions, exchanges } = whole;
    const built = [
      { exchanges: { set: exchanges.slice(1), order: ['x2'] } },
      { endpoints: { set: endpoints, order: ['e1'] }, sessions: { set: sessions, order: ['s1'] } },
      { exchanges: { set: exchanges.slice(0, 1), order: ['x1', 'x2'] } },
    ].reduce(applyPatch, panelState());
    expect(built).toEqual(whole);
  });
});
