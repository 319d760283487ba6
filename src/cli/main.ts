/** `socketio-doctor`: the same diagnosis as in the panel, for files, live servers and CI. Exit status: docs/cli.md. */
import { Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { UnusableInputError } from '../capture/har-file.ts';
import { WRITERS } from '../report/write-report.ts';
import { type AnalyzeOptions, analyze } from './analyze.ts';
import { EXIT } from './exit.ts';
import { type ProbeOptions, probe } from './probe.ts';
import { printRules, type RulesOptions, ruleNamed } from './rules.ts';

const EXIT_HELP = `
Exit status:
  0  nothing worse than info
  1  a finding of severity warning or error (see --fail-on and --ignore)
  2  arguments or input that cannot be used; one line on standard error says what and where`;

const program = new Command('socketio-doctor')
  .description('Says why a Socket.IO connection fails, from a HAR file, a saved report or a live server.')
  .version(packageJson.version)
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples:
  socketio-doctor analyze capture.har
  socketio-doctor probe https://api.example.com --origin https://app.example.com
  socketio-doctor rules cors-not-configured

socketio-doctor help <command> tells more of one.`,
  );

withOutput(
  program
    .command('analyze')
    .description('Diagnose a HAR file (Chrome, Edge, Firefox, Playwright, proxies), or open a saved report again.')
    .argument('<file>', 'a HAR 1.2 file, a saved report (.json or .html), or - for standard input'),
)
  .option('--page-origin <origin>', 'origin of the page, where the file does not show it')
  .option('--allow-idle', 'exit with 0 when the input holds no Engine.IO traffic', false)
  .addHelpText(
    'after',
    `${EXIT_HELP}
  3  the input holds no Engine.IO traffic at all (--allow-idle makes that 0)

Examples:
  socketio-doctor analyze capture.har
  socketio-doctor analyze capture.har --format html --out report.html
  socketio-doctor analyze report.html
  cat capture.har | socketio-doctor analyze - --fail-on error`,
  )
  .action((file: string, options: AnalyzeOptions) => {
    process.exitCode = analyze(file, options, packageJson.version);
  });

withOutput(
  program
    .command('probe')
    .description('Ask a live server what a browser would ask, and diagnose its answers.')
    .argument('<url>', 'what the client passes to io(): http(s):// or ws(s)://; a path in it names a namespace'),
)
  .option('--origin <origin>', 'origin of the page that connects (default: the server’s own)')
  .option('--path <path>', 'the client’s path option (default: "/socket.io/")')
  .option('--credentials', 'the client sets withCredentials: true', false)
  .option('--header <"K: V">', 'a header of the client’s extraHeaders (repeatable)', collect, [])
  .option('--auth <json>', 'the client’s auth option')
  .addOption(
    new Option('--eio <revision>', 'Engine.IO protocol: 4 (clients v3 and v4) or 3 (v1 and v2)')
      .choices(['3', '4'])
      .default('4'),
  )
  .addOption(
    new Option('--transports <list>', 'the client’s transports option')
      .choices(['polling,websocket', 'polling', 'websocket'])
      .default('polling,websocket'),
  )
  .option('--no-trailing-slash', 'the client sets addTrailingSlash: false')
  .addHelpText(
    'after',
    `${EXIT_HELP}

It makes some ten requests, closes what it opened, and waits up to 10 seconds for a server that keeps silent.

Examples:
  socketio-doctor probe http://localhost:3001 --origin http://localhost:3000
  socketio-doctor probe https://api.example.com --origin https://app.example.com --path /realtime/ --credentials
  socketio-doctor probe https://api.example.com --header "X-Token: abc" --format html --out report.html
  socketio-doctor probe wss://api.example.com/admin --transports websocket --auth '{"token":"abc"}'`,
  )
  .action(async (url: string, options: ProbeOptions) => {
    process.exitCode = await probe(url, options, packageJson.version);
  });

program
  .command('rules')
  .description('List the rules in the order of what to fix first, or print one rule’s page.')
  .argument('[id]', 'id of a rule')
  .addOption(new Option('--format <format>', 'what to write').choices(['text', 'json']).default('text'))
  .addHelpText(
    'after',
    `
Examples:
  socketio-doctor rules
  socketio-doctor rules sticky-session-missing`,
  )
  .action((id: string | undefined, options: RulesOptions) => printRules(id, options));

function withOutput(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'what to write').choices(Object.keys(WRITERS)).default('text'))
    .option('--out <file>', 'write to this file instead of standard output')
    .addOption(
      new Option('--redact <on|off>', 'hide cookies, credentials and session ids').choices(['on', 'off']).default('on'),
    )
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 from this severity on')
        .choices(['error', 'warning', 'never'])
        .default('warning'),
    )
    .option('--ignore <rule>', 'rule that must not make it fail (repeatable)', collectRule, []);
}

function collect(value: string, all: string[]): string[] {
  return [...all, value];
}

/** A rule that is misspelt would go on failing, or seem to be ignored where it was never found. */
function collectRule(id: string, all: string[]): string[] {
  return [...all, ruleNamed(id).id];
}

/** A message may quote the file, which must not steer the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** One line, whatever it was; nothing of a stack. */
function complain(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const prefix = error instanceof UnusableInputError ? '' : 'Unexpected error: ';
  process.stderr.write(`${prefix}${message.replace(CONTROL_CHARACTERS, ' ')}\n`);
}

// Whoever reads has enough (`| head -1`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') complain(error);
  process.exit(error.code === 'EPIPE' ? (process.exitCode ?? EXIT.fine) : EXIT.unusable);
});
process.on('uncaughtException', (error) => {
  complain(error);
  process.exit(EXIT.unusable);
});

try {
  await program.parseAsync();
} catch (error) {
  // Commander has already written its message, or the help that was asked for.
  const isTold = error instanceof CommanderError;
  if (!isTold) complain(error);
  process.exitCode = isTold && error.exitCode === 0 ? EXIT.fine : EXIT.unusable;
}
