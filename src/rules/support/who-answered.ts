/** Who answered in place of Socket.IO, as far as the answer shows it. */
import { isNginxSafe } from '../../fixes/context.ts';
import type { JudgedExchange } from '../../model/exchange.ts';
import { bodyText, mediaType, responseHeader } from './exchanges.ts';

/** Proxies that a fix is written for, as they call themselves. HAProxy and Traefik name themselves nowhere. */
const NAMES = /^(nginx|openresty|apache|caddy)\b/i;

/** Whether a proxy says that the answer came through it, or from it. */
export function cameThroughProxy(exchange: JudgedExchange): boolean {
  return (
    NAMES.test(responseHeader(exchange, 'Server') ?? '') || /\bcaddy\b/i.test(responseHeader(exchange, 'Via') ?? '')
  );
}

/** Pages that proxies bring along for errors: they have nothing to do with what stands behind. */
const OWN_PAGES: readonly { id: string; page: RegExp }[] = [
  { id: 'nginx', page: /^<html>\s*<head><title>\d{3} .*<center>(nginx|openresty)/s },
  { id: 'haproxy', page: /^<html><body><h1>\d{3} [^<]+<\/h1>\n/ },
  { id: 'apache', page: /^<!DOCTYPE HTML PUBLIC "-\/\/IETF\/\/DTD HTML 2\.0\/\/EN">/ },
];

/** Id of the proxy whose own page the answer is; null where it is none that is known. */
export function proxyOfPage(exchange: JudgedExchange): string | null {
  const text = bodyText(exchange) ?? '';
  // Go's own words, which Traefik leaves as they are.
  if (text.startsWith('404 page not found') && mediaType(exchange) === 'text/plain') return 'traefik';
  return OWN_PAGES.find(({ page }) => page.test(text))?.id ?? null;
}

/** The path that Express, or who answers like it, says it does not know; null where the answer names none. */
export function unknownPath(exchange: JudgedExchange): string | null {
  return /Cannot GET (\/[^<\s?]*)/.exec(bodyText(exchange) ?? '')?.[1] ?? null;
}

/** Whether it is another than the one that was asked for: somebody on the way changed it. An odd path is written otherwise in HTML. */
export function isPathChanged(exchange: JudgedExchange): boolean {
  const { path } = exchange.target;
  const unknown = unknownPath(exchange);
  return unknown !== null && unknown !== path && isNginxSafe(path);
}
