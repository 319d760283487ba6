import type { CorsOutcome } from '../../cors/outcome.ts';
import type { ExchangeKind } from '../../model/exchange.ts';

/** What Chromium itself said of a request. */
export interface Truth {
  blocked: boolean;
  corsError: string | null;
  /** Every `failedParameter` that is right: of several missing headers Chromium names any. `""` for none. */
  parameters: readonly string[];
}

/** A CORS error's name and parameter. */
interface Refusal {
  error: string | null;
  parameter: string | null;
}

/** What a verdict was given on: of an exchange, or of a report's. */
export interface Verdict {
  kind: ExchangeKind;
  url: string;
  /** 0: no response. */
  status: number;
  cors: {
    verdict: CorsOutcome['verdict'];
    error: string | null;
    parameter: string | null;
    candidates: readonly Refusal[];
  };
}

export type Agreement = { kind: 'agrees' } | { kind: 'cannot tell' } | { kind: 'disagrees'; because: string };

/**
 * Compares the verdicts on all exchanges of one fetch with the truth. "Cannot tell" is a verdict `unknown` with the true
 * answer among its candidates.
 */
export function compareWithTruth(judged: readonly Verdict[], truth: Truth): Agreement {
  const accused = judged.filter(({ cors }) => cors.verdict === 'fail');
  const open = judged.filter(({ cors }) => cors.verdict === 'unknown' && cors.candidates.length > 0);
  if (open.length > 0) {
    const isFair =
      accused.length === 0 && open.every(({ cors }) => cors.candidates.some((candidate) => isTrue(candidate, truth)));
    return isFair ? { kind: 'cannot tell' } : disagrees('the candidates miss the truth');
  }
  if (truth.corsError === null) return comparePassed(judged, accused, truth);
  if (accused.length === 0) return disagrees('a refusal was not seen');
  if (!accused.every(({ cors }) => isTrue(cors, truth))) return disagrees('another error or parameter');
  return isWellPlaced(accused, truth.corsError)
    ? { kind: 'agrees' }
    : disagrees('the verdict is on the wrong exchange');
}

function comparePassed(judged: readonly Verdict[], accused: readonly Verdict[], { blocked }: Truth): Agreement {
  if (accused.length > 0) return disagrees('a false alarm');
  const answered = judged.filter(({ status }) => status > 0);
  const unanswered = judged.filter(({ status }) => status === 0);
  if (unanswered.some(({ cors }) => cors.verdict === 'pass')) return disagrees('passed without a response');
  if (!blocked && answered.some(({ cors }) => cors.verdict === 'unknown'))
    return disagrees('was not sure of a response that was read');
  return { kind: 'agrees' };
}

function isTrue({ error, parameter }: Refusal, truth: Truth): boolean {
  return error === truth.corsError && (error === null || truth.parameters.includes(parameter ?? ''));
}

/** A preflight's error is said of the preflight and of the request that it kept back; any other of one request. */
function isWellPlaced(accused: readonly Verdict[], error: string): boolean {
  const isPreflightError = error.startsWith('Preflight') || error.endsWith('PreflightResponse');
  const kinds = accused.map(({ kind }) => (kind === 'preflight' ? 'preflight' : 'request')).sort();
  const sameUrl = new Set(accused.map(({ url }) => url)).size === 1;
  return sameUrl && kinds.join() === (isPreflightError ? 'preflight,request' : 'request');
}

function disagrees(because: string): Agreement {
  return { kind: 'disagrees', because };
}
