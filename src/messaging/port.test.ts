import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { entry, records } from '../testing/entries.ts';
import { harEntrySchema, recorderToWorker } from './contract.ts';
import { portPair, typedPort } from './port.ts';

const greeting = v.object({ type: v.literal('hello'), tabId: v.number() });
const delivered = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('typedPort', () => {
  it('hands on what fits and tells of what does not', async () => {
    const [near, far] = portPair();
    const heard: unknown[] = [];
    const refused: string[] = [];
    typedPort(far, greeting, (problem) => refused.push(problem)).onMessage((message) => heard.push(message));
    near.post({ type: 'hello', tabId: 'one' });
    near.post({ type: 'hello', tabId: 1, fromANewerVersion: true });
    await delivered();
    expect(heard).toEqual([{ type: 'hello', tabId: 1 }]);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toContain('tabId');
  });

  it('is silent after its other end has gone, and says so', async () => {
    const [near, far] = portPair();
    const port = typedPort(far, greeting);
    let lost = 0;
    port.onDisconnect(() => lost++);
    near.disconnect();
    await delivered();
    expect(lost).toBe(1);
    expect(() => port.send({})).toThrow('disconnected');
  });
});

describe('the contract', () => {
  it('lets an entry pass whole', () => {
    const message = { type: 'records', records: records([entry({ body: 'x' })]), done: true };
    expect(v.parse(recorderToWorker, message)).toEqual(message);
  });

  it('refuses what lacks the outline of an entry', () => {
    const { response: _, ...withoutResponse } = entry();
    const nameless = { ...entry(), request: { ...entry().request, headers: [{ value: 'x' }] } };
    expect([entry(), withoutResponse, nameless, null, 'GET'].map((value) => v.is(harEntrySchema, value))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
