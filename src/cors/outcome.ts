/** Chromium's `CorsError` names (services/network/public/mojom/cors.mojom), as CDP's `corsErrorStatus.corsError` spells them. */
export type CorsErrorName =
  | 'DisallowedByMode'
  | 'InvalidResponse'
  | 'WildcardOriginNotAllowed'
  | 'MissingAllowOriginHeader'
  | 'MultipleAllowOriginValues'
  | 'InvalidAllowOriginValue'
  | 'AllowOriginMismatch'
  | 'InvalidAllowCredentials'
  | 'CorsDisabledScheme'
  | 'PreflightInvalidStatus'
  | 'PreflightDisallowedRedirect'
  | 'PreflightWildcardOriginNotAllowed'
  | 'PreflightMissingAllowOriginHeader'
  | 'PreflightMultipleAllowOriginValues'
  | 'PreflightInvalidAllowOriginValue'
  | 'PreflightAllowOriginMismatch'
  | 'PreflightInvalidAllowCredentials'
  | 'PreflightMissingAllowExternal'
  | 'PreflightInvalidAllowExternal'
  | 'InvalidAllowMethodsPreflightResponse'
  | 'InvalidAllowHeadersPreflightResponse'
  | 'MethodDisallowedByPreflightResponse'
  | 'HeaderDisallowedByPreflightResponse'
  | 'RedirectContainsCredentials'
  | 'InsecureLocalNetwork'
  | 'InvalidLocalNetworkAccess'
  | 'NoCorsRedirectModeNotFollow'
  | 'LocalNetworkAccessPermissionDenied';

export type CredentialsMode = 'include' | 'omit' | 'unknown';

export interface CorsCandidate {
  error: CorsErrorName | null;
  parameter: string | null;
}

/** The report's `exchanges[].cors`; see the contract for what each verdict means. */
export interface CorsOutcome {
  verdict: 'pass' | 'fail' | 'not-applicable' | 'unknown';
  error: CorsErrorName | null;
  /** Chromium's `failedParameter`; null stands for its `""`. */
  parameter: string | null;
  /** With verdict `unknown`: the answers that the evidence leaves open. */
  candidates: CorsCandidate[];
  credentials: CredentialsMode;
}
