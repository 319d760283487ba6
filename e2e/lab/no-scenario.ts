/** Rules that no scenario shows, each with the reason. A rule that is in neither list fails `catalogue.test.ts`. */
export const NO_SCENARIO: Readonly<Record<string, string>> = {
  'blocked-by-client':
    'Takes another extension that blocks, which no page of the lab brings: e2e/blocked-by-client.spec.ts.',
  'offline-or-suspended': 'Takes a network that goes away; the lab is on loopback: e2e/circumstances.spec.ts.',
  'third-party-cookie-blocked':
    'Takes a browser that blocks third-party cookies: a setting that no page of the lab can change.',
  'preflight-method-not-allowed':
    'Engine.IO clients send GET and POST, which need no leave: only other clients meet this.',
  'ws-upgrade-failed-hidden':
    'Takes another extension beside ours, which no page of the lab brings: e2e/ad-blocker.spec.ts.',
};
