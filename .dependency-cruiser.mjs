/**
 * Which room of src/ may import which (docs/architecture.md). A room that is not named in another's list is not imported by it.
 * Tests may reach further: into testing/, and to where their room's work can be seen.
 */
const ROOMS = {
  protocol: {
    may: [],
    because: 'protocol/ holds facts of the wire. Facts depend on nothing, or they could not be used everywhere.',
  },
  cors: {
    may: [],
    because:
      "cors/ is the Fetch standard's check and nothing else, so that it can be held against Chromium's own verdicts.",
  },
  model: {
    may: ['protocol', 'cors'],
    because:
      'model/ holds the nouns that all rooms share. It names types of protocol/ and cors/, and must not depend on who uses it.',
  },
  capture: {
    may: ['model', 'protocol'],
    because:
      'capture/ turns what a browser or a file shows into exchanges. What they mean is found out later, in sessions/ and rules/.',
  },
  sessions: {
    may: ['model', 'protocol', 'cors'],
    because: 'sessions/ finds out which exchanges are one connection. It judges nothing: that is what rules/ are for.',
  },
  fixes: {
    may: ['model', 'cors'],
    because: 'fixes/ writes snippets from plain values, so that each can be run against the lab without a diagnosis.',
  },
  rules: {
    may: ['model', 'protocol', 'cors', 'fixes'],
    because:
      'A rule sees one endpoint and says what it proves. It must not know how entries were captured or what is done with its findings.',
  },
  diagnose: {
    may: ['model', 'rules', 'fixes'],
    because:
      'diagnose/ runs the rules, ranks what they say, and marks the fixes that were proven; it has no evidence of its own.',
  },
  report: {
    may: ['model'],
    because:
      'A report is written from the report value alone, so that every format says the same and a saved one can be opened again.',
  },
  engine: {
    may: ['model', 'protocol', 'cors', 'capture', 'sessions', 'rules', 'diagnose', 'report'],
    because:
      'engine/ composes the pipeline for all entries. It must run in a worker, in Node and in a test, so no entry is known to it.',
  },
  answers: {
    may: ['model', 'engine', 'report', 'messaging'],
    because:
      'answers/ says what a panel asks about a diagnosis, whoever holds it: the worker and the importer would else say it each in its own way.',
  },
  messaging: {
    may: ['model'],
    because: 'messaging/ is the contract between contexts. If it knew one of them, the others would carry it along.',
  },
  tracker: {
    may: [],
    because: 'tracker/ makes the address of a new issue from a title and a text: whose text that is, it need not know.',
  },
  platform: {
    may: [],
    because:
      "platform/ is the only room that names the browser's API, and knows nothing of ours: it can be replaced by a fake.",
  },
  panel: {
    may: ['model', 'messaging', 'platform', 'tracker'],
    because:
      'Findings arrive in the panel as data. If it knew rules or correlation, a new rule would have to touch React.',
  },
  importer: {
    may: ['model', 'capture', 'engine', 'report', 'answers', 'messaging'],
    because:
      'The Web Worker that opens a file for the panel carries the engine, so that the panel need not; it knows neither the panel nor the browser’s API.',
  },
  devtools: {
    may: ['model', 'protocol', 'capture', 'messaging', 'platform'],
    because:
      'The recorder writes down what it sees and understands none of it: the worker does, and may be replaced at any moment.',
  },
  background: {
    may: ['model', 'engine', 'answers', 'messaging', 'platform'],
    because: 'The worker brings recorders and panels together by messages; it shares no code with either.',
  },
  cli: {
    may: ['model', 'protocol', 'cors', 'capture', 'engine', 'rules', 'report'],
    because:
      "The command line runs in Node: nothing of the extension is there. Its probe stands in a browser's place, and withholds what CORS does.",
  },
};

const TEST_CODE = '\\.test\\.tsx?$|^src/testing/|^src/panel/dev/';
const room = (name) => `^src/${name}/`;

const roomRules = Object.entries(ROOMS).map(([name, { may, because }]) => ({
  name: `${name}-imports`,
  comment: `${because} Permitted: ${may.join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: room(name), pathNot: TEST_CODE },
  to: { path: '^src/', pathNot: [name, ...may].map(room) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...roomRules,
    {
      name: 'nouns-of-other-rooms-are-types',
      comment:
        'model/ and fixes/ name types of protocol/ and cors/: code from there would make every user of a noun or a snippet carry it along.',
      severity: 'error',
      from: { path: '^src/(model|fixes)/', pathNot: TEST_CODE },
      to: { path: '^src/(protocol|cors)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-code-in-the-product',
      comment: 'Tests and their builders are not shipped. If both need it, it belongs to the room that it is about.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST_CODE },
      to: { path: TEST_CODE },
    },
    {
      name: 'no-import-of-e2e',
      comment: 'e2e/ and scripts/ drive the product from outside; the product must not depend on them.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST_CODE },
      to: { path: '^(e2e|scripts)/' },
    },
    {
      name: 'e2e-sees-what-users-see',
      comment:
        'End-to-end tests hold the product against its public surface: the report, the messages, the lab. What is inside may change.',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^src/', pathNot: '^src/(model|messaging|cors|protocol)/' },
    },
    {
      name: 'no-circular-imports',
      comment: 'Two files that import each other are one file, or share a third that is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved-imports',
      comment: 'The import leads nowhere: a file was renamed, or a package is missing in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?raw$|\\?worker$|\\?inline$|\\?url$' },
    },
    {
      name: 'no-node-in-the-extension',
      comment: 'This code runs in the browser too, where the modules of Node do not exist.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/cli/|${TEST_CODE}` },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'default', 'types'],
    },
  },
};
