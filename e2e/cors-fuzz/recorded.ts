import { type CaseAnswer, type CorsCase, readCases } from '../../src/testing/cors-cases/cases.ts';
import type { Answer, FuzzCase, WireFault } from './case.ts';

/** Addresses that the recorded cases name; the server has to listen on exactly these. */
export const recordedPorts = [18080, 18081, 18082];
export const recordedHosts = ['127.0.0.1', '::1'];

/** Names resolve to loopback. Port 80 is not ours to take, so what goes there is led elsewhere. */
export function recordedHostRules(portForEighty: number): string {
  const rules = ['shop.test', 'api.shop.test'].map((host) => `MAP ${host}:80 127.0.0.1:${portForEighty}`);
  return [...rules, 'MAP *.invalid ~NOTFOUND', 'MAP *.test 127.0.0.1'].join(', ');
}

/**
 * The recorded cases, to be sent again. Left out are those that need another request's leftovers (a preflight cache) and
 * redirect loops, whose 21 hops were not all kept.
 */
export function recordedCases(): FuzzCase[] {
  return readCases()
    .filter(({ stratum }) => stratum !== 'cachedPreflight' && stratum !== 'redirectLoop')
    .map(toFuzzCase);
}

function toFuzzCase(one: CorsCase): FuzzCase {
  const { id, stratum, request } = one;
  const hops = one.hops.length > 0 ? one.hops : [{ url: request.url, preflight: undefined, response: undefined }];
  return {
    id,
    stratum,
    pageUrl: request.pageUrl,
    request: { ...request, body: request.body },
    hops: hops.map(({ url, preflight, response }) => ({
      url: engineUrl(url, id),
      preflight: answerOf(preflight, id),
      response: answerOf(response, id),
    })),
  };
}

function engineUrl(url: string, id: string): string {
  return url.replace(/\/c\/s\d+-\d+\/(?=\d)/, `/socket.io/?EIO=4&transport=polling&t=${id}.`);
}

function answerOf(answer: CaseAnswer | undefined, id: string): Answer | WireFault | null {
  if (!answer) return null;
  const { wireFault, status, statusText, responseHeaders } = answer;
  if (wireFault !== undefined) return wireFault;
  const headers = responseHeaders.map(([name, value]): [string, string] => [name, ` ${engineUrl(value, id)}`]);
  return { status, statusText, headers, body: 'hello world' };
}
