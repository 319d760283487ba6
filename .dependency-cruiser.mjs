// Which room of src/ may import which. The reasons are in docs/architecture.md.
const ROOMS = {
  protocol: { may: [], because: 'wire facts stand on their own' },
  cors: { may: [], because: 'the CORS check is a pure function of the Fetch standard' },
  model: { may: ['protocol', 'cors'], because: 'the nouns must not know who makes or uses them' },
  capture: { may: ['model', 'protocol'], because: 'reading an entry must not depend on what is concluded from it' },
  sessions: { may: ['model', 'protocol', 'cors'], because: 'correlation must not know the rules' },
  fixes: { may: ['model'], because: 'a snippet is text filled with values' },
  rules: {
    may: ['model', 'protocol', 'cors', 'fixes'],
    because: 'a rule sees an endpoint and nothing else, so that it runs anywhere',
  },
  diagnose: { may: ['model', 'rules'], because: 'ranking must not read the wire' },
  report: { may: ['model'], because: 'every writer derives from the report alone' },
  messaging: { may: ['model'], because: 'the contract is shared by all contexts' },
  platform: { may: [], because: 'it only wraps the browser' },
  engine: {
    may: ['model', 'protocol', 'cors', 'capture', 'sessions', 'diagnose', 'report', 'rules'],
    because: 'the engine runs in the worker, in Node and in tests: no browser, no view',
  },
  panel: {
    may: ['model', 'messaging', 'platform', 'report'],
    because: 'findings arrive as data: a new rule touches no React',
  },
};

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle has no lower layer.',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(ROOMS).map(([room, { may, because }]) => ({
      name: `${room}-imports`,
      severity: 'error',
      comment: `${room}/ may import ${may.length > 0 ? may.map((name) => `${name}/`).join(', ') : 'nothing of ours'}: ${because}.`,
      from: { path: `^src/${room}/`, pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/', pathNot: `^src/(${[room, ...may].join('|')})/` },
    })),
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      comment: 'testing/ holds builders for tests: nothing that ships may import it.',
      from: { path: '^src/', pathNot: '(^src/testing/|\\.test\\.tsx?$)' },
      to: { path: '^src/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
