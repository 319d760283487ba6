/** `socketio-doctor`: the same diagnosis as in the panel, for files and CI. Exit status: docs/cli.md. */
import { Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { WRITERS } from '../report/write-report.ts';
import { type AnalyzeOptions, analyze } from './analyze.ts';
import { EXIT } from './exit.ts';

const program = new Command('socketio-doctor')
  .description('Says why a Socket.IO connection fails, from a HAR file or a saved report.')
  .version(packageJson.version)
  .exitOverride();

program
  .command('analyze')
  .description('Diagnose a HAR file (Chrome, Edge, Firefox) or open a saved report again; - reads standard input.')
  .argument('<file>', 'a HAR 1.2 file, a saved report (.json or .html), or -')
  .addOption(new Option('--format <format>', 'what to write').choices(Object.keys(WRITERS)).default('text'))
  .option('--out <file>', 'write to this file instead of standard output')
  .addOption(
    new Option('--redact <on|off>', 'hide cookies, credentials and session ids').choices(['on', 'off']).default('on'),
  )
  .option('--page-origin <origin>', 'origin of the page, where the file does not show it')
  .addOption(
    new Option('--fail-on <level>', 'exit with 1 from this severity on')
      .choices(['error', 'warning', 'never'])
      .default('warning'),
  )
  .option(
    '--ignore <rule>',
    'rule that must not make it fail (repeatable)',
    (rule: string, all: string[]) => [...all, rule],
    [],
  )
  .option('--allow-idle', 'exit with 0 when the input holds no Engine.IO traffic', false)
  .addHelpText(
    'after',
    `
Examples:
  socketio-doctor analyze capture.har
  socketio-doctor analyze capture.har --format html --out report.html
  socketio-doctor analyze report.html
  cat capture.har | socketio-doctor analyze - --fail-on error`,
  )
  .action((file: string, options: AnalyzeOptions) => {
    process.exitCode = analyze(file, options, packageJson.version);
  });

try {
  await program.parseAsync();
} catch (error) {
  // Commander has already written its message, or the help that was asked for.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.unusable;
}
