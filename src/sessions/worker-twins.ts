/**
 * A service worker that passes a request on makes two entries of it in Chromium: the page's, whose headers the worker has filtered
 * and whose error says nothing, and the worker's own, which is the one that went over the network. They are one request.
 */
import type { Exchange } from '../model/exchange.ts';
import { byStart } from './group.ts';

/** The exchanges of one endpoint with each such pair made one; the order of the input does not matter. */
export function joinWorkerTwins(exchanges: readonly Exchange[]): Exchange[] {
  const sorted = [...exchanges].sort(byStart);
  const pages = sorted.filter(mayBePassedOn);
  if (pages.length === 0) return sorted;
  const joined = new Map<Exchange, Exchange>();
  const gone = new Set<Exchange>();
  const byUrl = new Map<string, Exchange[]>();
  for (const exchange of sorted) {
    const same = byUrl.get(exchange.url);
    if (same) same.push(exchange);
    else byUrl.set(exchange.url, [exchange]);
  }
  for (const page of pages) {
    const twin = byUrl.get(page.url)?.find((candidate) => !joined.has(candidate) && isTwin(candidate, page));
    if (!twin) continue;
    joined.set(twin, join(page, twin));
    gone.add(page);
  }
  return sorted.filter((exchange) => !gone.has(exchange)).map((exchange) => joined.get(exchange) ?? exchange);
}

function isViaWorker({ source }: Exchange): boolean {
  return source.response._fetchedViaServiceWorker === true;
}

/** Where the worker's own request is refused, the page's is not marked as its any more: all that is left is an error without a reason. */
function mayBePassedOn(exchange: Exchange): boolean {
  if (exchange.kind !== 'polling') return false;
  return isViaWorker(exchange) || (exchange.response === null && exchange.error === 'net::ERR_FAILED');
}

/** The same request while the page's was under way, ending alike: a worker that got an answer and gave none is at fault itself. */
function isTwin(candidate: Exchange, page: Exchange): boolean {
  if (candidate === page || candidate.kind !== 'polling' || isViaWorker(candidate)) return false;
  if (candidate.url !== page.url || candidate.method !== page.method) return false;
  if (candidate.source._resourceType !== 'fetch' || candidate.startedMs < page.startedMs) return false;
  if (candidate.startedMs > page.startedMs + (page.durationMs ?? Number.POSITIVE_INFINITY)) return false;
  return page.response !== null || page.outcome === 'pending' || candidate.outcome !== 'answered';
}

/** The worker's request with what only the page's entry shows: who asked, and what came of it. */
function join(page: Exchange, twin: Exchange): Exchange {
  const body = twin.response?.body.state === 'not-captured' ? page.response?.body : undefined;
  const hasRequestBody = twin.requestBody.state === 'text';
  const { request, response } = twin.source;
  return {
    ...twin,
    startedMs: page.startedMs,
    durationMs: page.durationMs,
    callSite: page.callSite,
    pageUrl: page.pageUrl ?? twin.pageUrl,
    requestBody: hasRequestBody ? twin.requestBody : page.requestBody,
    response: twin.response && body ? { ...twin.response, body } : twin.response,
    source: {
      ...twin.source,
      startedDateTime: page.source.startedDateTime,
      time: page.source.time,
      _initiator: page.source._initiator,
      request: hasRequestBody ? request : { ...request, postData: page.source.request.postData },
      response: body ? { ...response, content: page.source.response.content } : response,
    },
  };
}
