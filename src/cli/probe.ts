import { UnusableInputError } from '../capture/har-file.ts';
import { createEngine } from '../engine/engine.ts';
import type { HarHeader } from '../model/har.ts';
import { checkedOrigin } from './origin.ts';
import { type OutputOptions, statusOf, writeReport } from './output.ts';
import { network } from './probe/network.ts';
import { isForbiddenName } from './probe/request-headers.ts';
import { type ProbePlan, runProbe } from './probe/run.ts';
import { parseTarget, type Target } from './probe/target.ts';

export interface ProbeOptions extends OutputOptions {
  redact: 'on' | 'off';
  origin?: string;
  path?: string;
  credentials: boolean;
  header: string[];
  eio: '3' | '4';
  transports: ProbePlan['transports'];
  trailingSlash: boolean;
  auth?: string;
}

/**
 * Runs `probe` and answers the exit status.
 *
 * @throws UnusableInputError with one line that says which argument cannot be used
 */
export async function probe(url: string, options: ProbeOptions, version: string): Promise<number> {
  const capture = await runProbe(planOf(url, options, version), network);
  const engine = createEngine(capture);
  engine.add(capture.records);
  engine.add(capture.limits.map((limit, index) => ({ kind: 'limit', seq: -1 - index, ...limit })));
  const report = engine.buildReport({
    redact: options.redact === 'on',
    notes: '',
    createdAtMs: Date.now(),
    version,
  });
  writeReport(report, options);
  return statusOf(report, options);
}

function planOf(url: string, options: ProbeOptions, version: string): ProbePlan {
  const headers = options.header.map(parseHeader);
  const cookie = headers
    .filter(isCookie)
    .map(({ value }) => value)
    .join('; ');
  const eio = options.eio === '3' ? 3 : 4;
  const credentials = options.credentials;
  if (cookie !== '' && !credentials)
    throw new UnusableInputError('--header: a cookie goes to the server only with --credentials');
  return {
    target: checkedTarget(url, options),
    origin:
      options.origin === undefined || options.origin === 'null'
        ? (options.origin ?? null)
        : checkedOrigin('--origin', options.origin),
    credentials,
    headers: headers.filter((header) => !isCookie(header)),
    cookie,
    eio,
    transports: options.transports,
    auth: options.auth === undefined ? null : checkedJson(options.auth),
    version,
  };
}

function checkedTarget(url: string, { path, trailingSlash }: ProbeOptions): Target {
  const target = parseTarget(url, path, trailingSlash);
  if (target) return target;
  throw new UnusableInputError(`"${url}" is not the URL of a server such as https://api.example.com`);
}

function isCookie({ name }: HarHeader): boolean {
  return name.toLowerCase() === 'cookie';
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-5.1 */
const HEADER = /^([!#$%&'*+.^_`|~\w-]+):\s*([\t\x20-\x7e\x80-\xff]*?)\s*$/;

function parseHeader(text: string): HarHeader {
  const [, name, value] = HEADER.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new UnusableInputError(`--header: "${text}" is not a header such as "X-Token: abc"`);
  if (isForbiddenName(name) && name.toLowerCase() !== 'cookie')
    throw new UnusableInputError(`--header: browsers let no page set ${name}`);
  return { name, value };
}

function checkedJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    throw new UnusableInputError(`--auth: ${text} is not JSON`);
  }
}
