import type { FileFacts } from '../../messaging/import-contract.ts';
import { count, formatMoment, visible } from '../format.ts';
import type { ImportedFile } from '../imports.ts';
import { Icon } from './Icon.tsx';

/** What the file that is shown says of itself, in a line. */
export function FileLine({ file }: { file: ImportedFile }) {
  if (!file.content) return null;
  const { facts, state } = file.content;
  const texts = [...factTexts(facts), ...(state.limits.length > 0 ? [count(state.limits.length, 'limit')] : [])];
  return (
    <section className="file-line" aria-label="File">
      <Icon name="save" />
      <ul>
        {texts.map((text) => (
          <li key={text}>{visible(text)}</li>
        ))}
      </ul>
    </section>
  );
}

function factTexts({ kind, tool, environment, captured, savedAt, redacted }: FileFacts): string[] {
  const { browser, os } = environment;
  const where = [browser, os && `on ${os}`].filter(Boolean).join(' ');
  const moment = captured ? formatMoment(captured.from) : null;
  const saved = savedAt === null ? null : formatMoment(savedAt);
  return [
    `${kind === 'report' ? 'Report of' : 'HAR of'} ${tool ?? 'an unknown program'}, read only`,
    where || 'browser unknown',
    ...(moment ? [`captured ${moment}`] : []),
    ...(saved ? [`saved ${saved}`] : []),
    redacted ? 'secrets are hidden in it' : 'secrets may be in it',
  ];
}
