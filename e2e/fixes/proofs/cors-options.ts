/** The same faults where the page needs an option more: a path of its own, or a server that takes its old client. */
import type { At, Proof } from '../proof.ts';
import { each, type Fault, inNode, quote } from './parties.ts';
import { byPath } from './paths.ts';

const old = { version: 2 } as const;
const asked = { arguments: ({ server }: At) => `${quote(server)}, { path: "/live/", withCredentials: true }` };

/** Each way in which a server can be wrong about the page, as options beside these. */
function faults(more: string, client: Proof['client'], withCookies: Proof['client']): Proof[] {
  const options =
    (cors: Fault): Fault =>
    (at) =>
      `{ ${more}${cors(at)} }`;
  return [
    ...each(inNode(options(() => '')), { rule: 'cors-not-configured', client }),
    ...each(inNode(options(() => 'cors: { origin: "https://other.example" }')), {
      rule: 'cors-origin-mismatch',
      detail: 'other',
      client,
    }),
    ...each(inNode(options(() => 'cors: { origin: ["https://other.example"] }')), {
      rule: 'cors-origin-not-in-list',
      client,
    }),
    ...each(inNode(options(() => 'cors: { origin: "*" }')), {
      rule: 'cors-wildcard-with-credentials',
      client: withCookies,
    }),
    ...each(inNode(options(({ page }) => `cors: { origin: ${quote(page)} }`)), {
      rule: 'cors-credentials-not-allowed',
      client: withCookies,
    }),
  ];
}

const named = (variant: string) => (proof: Proof) => ({ ...proof, variant });

export const corsOptions: Proof[] = [
  ...faults('path: "/live/", ', byPath('/live/'), asked).map(named('path')),
  // It sends cookies by default.
  ...faults('allowEIO3: true, ', old, old).map(named('old client')),
];
