import { describe, expect, it } from 'vitest';
import type { JudgedExchange } from '../model/exchange.ts';
import { endpoint, openedByPolling, poll, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { serviceWorkerIntercept } from './service-worker-intercept.ts';

function viaWorker(exchange: JudgedExchange): JudgedExchange {
  const { source } = exchange;
  return { ...exchange, source: { ...source, response: { ...source.response, _fetchedViaServiceWorker: true } } };
}

const html = () => viaWorker(poll({ response: { 'Content-Type': 'text/html' }, body: '<!doctype html>' }));

describe('service-worker-intercept', () => {
  it('leaves the path to the network', () => {
    const hit = onlyHit(serviceWorkerIntercept, endpoint([html()]));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'likely' });
    expect(hit.page.explanation).toContain('answered it with `200`');
    expect(fixCode(hit, 'service-worker')).toContain('pathname.startsWith("/socket.io/")) event.stop');
  });

  it('sees a worker that fails', () => {
    const failed = viaWorker(poll({ status: 0, error: 'net::ERR_FAILED' }));
    expect(onlyHit(serviceWorkerIntercept, endpoint([failed])).page.explanation).toContain('with an error');
  });

  it('is silent where the worker passes it on: its own request tells what is wrong', () => {
    const page = viaWorker(poll({ status: 0, error: 'net::ERR_FAILED' }));
    const own = { ...poll({ at: 4, ...refusal('MissingAllowOriginHeader') }), url: page.url };
    expect(hitsOf(serviceWorkerIntercept, endpoint([page, own]))).toEqual([]);
  });

  it('is silent where the page was left meanwhile', () => {
    const aborted = viaWorker(poll({ status: 0, error: 'net::ERR_ABORTED' }));
    expect(hitsOf(serviceWorkerIntercept, endpoint([aborted]))).toEqual([]);
  });

  it('is silent on a connection that works through a worker, and without one', () => {
    expect(hitsOf(serviceWorkerIntercept, endpoint(openedByPolling().map(viaWorker)))).toEqual([]);
    expect(hitsOf(serviceWorkerIntercept, endpoint([poll({ status: 404 })]))).toEqual([]);
  });
});
