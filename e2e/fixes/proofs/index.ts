/** Every fix that is proven: the fault, and whom it strikes. */
import type { Proof } from '../proof.ts';
import { arounds } from './around.ts';
import { cookies } from './cookies.ts';
import { besideRoutes, corsAnswers, mismatches, stripped } from './cors.ts';
import { corsOptions } from './cors-options.ts';
import { exposures } from './exposure.ts';
import { clients, handlers, logins, pauses, restarts, workers } from './lifecycle.ts';
import { limits } from './limits.ts';
import { namespaces, refusals } from './namespaces.ts';
import { network } from './network.ts';
import { nextApplications } from './next.ts';
import { passedOn } from './pass-on.ts';
import { paths } from './paths.ts';
import { preflights } from './preflights.ts';
import { proxiedPreflights } from './proxied-preflights.ts';
import { proxyLogins } from './proxy-logins.ts';
import { reactHooks } from './react.ts';
import { redirects } from './redirects.ts';
import { sessionCookies } from './session-cookie.ts';
import { idle, stability } from './stability.ts';
import { stickiness } from './stickiness.ts';
import { transports } from './transports.ts';
import { upgrades } from './upgrades.ts';
import { versions } from './versions.ts';

export const proofs: Proof[] = [
  ...corsAnswers,
  ...mismatches,
  ...corsOptions,
  ...besideRoutes,
  ...stripped,
  ...arounds,
  ...exposures,
  ...preflights,
  ...proxiedPreflights,
  ...refusals,
  ...versions,
  ...paths,
  ...passedOn,
  ...network,
  ...nextApplications,
  ...redirects,
  ...namespaces,
  ...transports,
  ...upgrades,
  ...stickiness,
  ...cookies,
  ...sessionCookies,
  ...stability,
  ...idle,
  ...reactHooks,
  ...clients,
  ...pauses,
  ...restarts,
  ...handlers,
  ...logins,
  ...proxyLogins,
  ...limits,
  ...workers,
];
