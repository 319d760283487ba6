import type { CorsErrorName, CorsOutcome } from './outcome.ts';

/** Chromium's checks in the order in which a request has to pass them; those of one line exclude each other. */
const CHECKS: readonly (readonly CorsErrorName[])[] = [
  ['PreflightDisallowedRedirect'],
  [
    'PreflightMissingAllowOriginHeader',
    'PreflightMultipleAllowOriginValues',
    'PreflightInvalidAllowOriginValue',
    'PreflightAllowOriginMismatch',
  ],
  // `*` does allow the page, which all of the above do not.
  ['PreflightWildcardOriginNotAllowed'],
  ['PreflightInvalidAllowCredentials'],
  ['PreflightInvalidStatus'],
  ['InvalidAllowMethodsPreflightResponse'],
  ['InvalidAllowHeadersPreflightResponse'],
  ['MethodDisallowedByPreflightResponse'],
  ['HeaderDisallowedByPreflightResponse'],
  ['MissingAllowOriginHeader', 'MultipleAllowOriginValues', 'InvalidAllowOriginValue', 'AllowOriginMismatch'],
  ['WildcardOriginNotAllowed'],
  ['InvalidAllowCredentials'],
  ['RedirectContainsCredentials'],
];

/** Where the check stands; -1 for one that comes before all of these (Local Network Access), or is none of them. */
function placeOf(error: CorsErrorName): number {
  return CHECKS.findIndex((check) => check.includes(error));
}

/**
 * Whether a request is known to have passed the check that this error comes from. One that was refused there for another reason, or
 * before, shows nothing of it; neither does one whose verdict is open and may be such a refusal.
 *
 * Source of the order: Chromium, services/network/cors/preflight_controller.cc and cors_url_loader.cc.
 */
export function isPastCheck({ verdict, error, candidates }: CorsOutcome, check: CorsErrorName): boolean {
  if (verdict === 'unknown' && candidates.length === 0) return false;
  const errors = verdict === 'fail' ? [error] : candidates.map((candidate) => candidate.error);
  return errors.every((each) => each === null || placeOf(each) > placeOf(check));
}
