import { headerText } from './header-bytes.ts';
import { combinedValue, type HeaderLine } from './header-values.ts';
import type { CorsErrorName } from './outcome.ts';
import { isUrlInChromium } from './url.ts';

/** Why a check refuses, in Chromium's words. */
export interface CorsFailure {
  error: CorsErrorName;
  /** Chromium's `failedParameter`; null stands for its `""`. */
  parameter: string | null;
}

export type AccessErrorName = Extract<
  CorsErrorName,
  | 'WildcardOriginNotAllowed'
  | 'MissingAllowOriginHeader'
  | 'MultipleAllowOriginValues'
  | 'InvalidAllowOriginValue'
  | 'AllowOriginMismatch'
  | 'InvalidAllowCredentials'
>;

export interface AccessFailure extends CorsFailure {
  error: AccessErrorName;
}

/**
 * The CORS check of one response; null when it passes. Every hop of a request has to pass it, redirects included.
 *
 * @param origin the request's `Origin`, serialized; `null` for an opaque or tainted one
 * @param includesCredentials whether the request's credentials mode is `include`
 *
 * Source: Fetch, "CORS check" (https://fetch.spec.whatwg.org/#concept-cors-check); names and order of the errors:
 * Chromium, `CheckAccess` in services/network/public/cpp/cors/cors.cc.
 */
export function checkAccess(
  origin: string,
  headers: readonly HeaderLine[],
  includesCredentials: boolean,
): AccessFailure | null {
  const allowed = combinedValue(headers, 'Access-Control-Allow-Origin');
  if (allowed === null) return { error: 'MissingAllowOriginHeader', parameter: null };
  if (allowed === '*') return includesCredentials ? { error: 'WildcardOriginNotAllowed', parameter: null } : null;
  if (allowed !== origin) return mismatch(allowed);
  return includesCredentials ? checkCredentials(headers) : null;
}

function mismatch(allowed: string): AccessFailure {
  return { error: mismatchError(allowed), parameter: parameterOf(allowed) };
}

function mismatchError(allowed: string): AccessErrorName {
  if (/[ ,]/.test(allowed)) return 'MultipleAllowOriginValues';
  return allowed === 'null' || isUrlInChromium(headerText(allowed).text)
    ? 'AllowOriginMismatch'
    : 'InvalidAllowOriginValue';
}

function checkCredentials(headers: readonly HeaderLine[]): AccessFailure | null {
  const allowed = combinedValue(headers, 'Access-Control-Allow-Credentials');
  return allowed === 'true' ? null : { error: 'InvalidAllowCredentials', parameter: parameterOf(allowed ?? '') };
}

/** Chromium gives `""` for a value that is not UTF-8. */
function parameterOf(value: string): string | null {
  const { text, isUtf8 } = headerText(value);
  return isUtf8 && text !== '' ? text : null;
}
