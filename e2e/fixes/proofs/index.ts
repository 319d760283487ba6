/** Every fix that is proven: the fault, and whom it strikes. */
import type { Proof } from '../proof.ts';
import { around, besideRoutes, corsAnswers, mismatches, stripped } from './cors.ts';
import { namespaces, refusals } from './namespaces.ts';
import { paths } from './paths.ts';
import { preflights } from './preflights.ts';
import { idle, stability } from './stability.ts';
import { stickiness } from './stickiness.ts';
import { transports } from './transports.ts';
import { upgrades } from './upgrades.ts';
import { versions } from './versions.ts';

export const proofs: Proof[] = [
  ...corsAnswers,
  ...mismatches,
  ...besideRoutes,
  stripped,
  ...around,
  ...preflights,
  ...refusals,
  ...versions,
  ...paths,
  ...namespaces,
  ...transports,
  ...upgrades,
  ...stickiness,
  ...stability,
  ...idle,
];
