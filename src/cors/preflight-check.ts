import { type AccessErrorName, type CorsFailure, checkAccess } from './cors-check.ts';
import { combinedValue, type HeaderLine, tokenList } from './header-values.ts';
import type { CorsErrorName } from './outcome.ts';
import { isRedirect } from './redirect.ts';

/** What the preflight asked leave for. */
export interface PreflightQuestion {
  /** `Origin`. */
  origin: string;
  /** `Access-Control-Request-Method`. */
  method: string;
  /** The names in `Access-Control-Request-Headers`; of those that are missing, the first is named. */
  headerNames: readonly string[];
}

export interface ResponseHead {
  status: number;
  headers: readonly HeaderLine[];
}

/**
 * The check of a preflight's answer; null when the request may be sent.
 *
 * @param includesCredentials whether the credentials mode of the request to come is `include`
 *
 * Source: Fetch, "CORS-preflight fetch" (https://fetch.spec.whatwg.org/#cors-preflight-fetch), steps 7 and on; names and
 * order of the errors: Chromium, services/network/cors/preflight_controller.cc and public/cpp/cors/preflight_result.cc.
 */
export function checkPreflight(
  question: PreflightQuestion,
  response: ResponseHead,
  includesCredentials: boolean,
): CorsFailure | null {
  if (isRedirect(response)) return failure('PreflightDisallowedRedirect');
  const access = checkAccess(question.origin, response.headers, includesCredentials);
  if (access) return { error: preflightName(access.error), parameter: access.parameter };
  if (response.status < 200 || response.status > 299) return failure('PreflightInvalidStatus');
  const methods = tokenList(combinedValue(response.headers, 'Access-Control-Allow-Methods'));
  if (!methods) return failure('InvalidAllowMethodsPreflightResponse');
  const headerNames = tokenList(combinedValue(response.headers, 'Access-Control-Allow-Headers'));
  if (!headerNames) return failure('InvalidAllowHeadersPreflightResponse');
  if (!allowsMethod(methods, question.method, includesCredentials)) {
    return failure('MethodDisallowedByPreflightResponse', question.method);
  }
  const missing = missingHeader(headerNames, question.headerNames, includesCredentials);
  return missing === undefined ? null : failure('HeaderDisallowedByPreflightResponse', missing);
}

function failure(error: CorsErrorName, parameter: string | null = null): CorsFailure {
  return { error, parameter };
}

const preflightNames = {
  WildcardOriginNotAllowed: 'PreflightWildcardOriginNotAllowed',
  MissingAllowOriginHeader: 'PreflightMissingAllowOriginHeader',
  MultipleAllowOriginValues: 'PreflightMultipleAllowOriginValues',
  InvalidAllowOriginValue: 'PreflightInvalidAllowOriginValue',
  AllowOriginMismatch: 'PreflightAllowOriginMismatch',
  InvalidAllowCredentials: 'PreflightInvalidAllowCredentials',
} as const satisfies Record<AccessErrorName, CorsErrorName>;

function preflightName(error: AccessErrorName): CorsErrorName {
  return preflightNames[error];
}

/** Fetch, "CORS-safelisted method" (https://fetch.spec.whatwg.org/#cors-safelisted-method). */
const safelistedMethods: readonly string[] = ['GET', 'HEAD', 'POST'];

function allowsMethod(allowed: readonly string[], method: string, includesCredentials: boolean): boolean {
  return (
    safelistedMethods.includes(method) || allowed.includes(method) || (!includesCredentials && allowed.includes('*'))
  );
}

/**
 * A requested header that the answer does not allow, lower case. Without credentials `*` covers all of them: Chromium still
 * lets it cover `Authorization` too, which the standard no longer does.
 */
function missingHeader(
  allowed: readonly string[],
  requested: readonly string[],
  includesCredentials: boolean,
): string | undefined {
  if (!includesCredentials && allowed.includes('*')) return undefined;
  const names = new Set(allowed.map((name) => name.toLowerCase()));
  return requested.map((name) => name.toLowerCase()).find((name) => !names.has(name));
}
