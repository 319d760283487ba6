import type { ReportFinding } from '../../model/report.ts';
import type { Progress } from '../progress.ts';
import { Icon } from './Icon.tsx';
import { InlineMarkdown } from './Markdown.tsx';

const PARTS = [
  { part: 'gone', word: 'Fixed', tone: 'ok', icon: 'ok' },
  { part: 'unseen', word: 'Not seen this time', tone: 'quiet', icon: 'info' },
  { part: 'added', word: 'New', tone: 'error', icon: 'error' },
  { part: 'left', word: 'Still there', tone: 'warning', icon: 'warning' },
  { part: 'unreached', word: 'Not reached this time', tone: 'quiet', icon: 'info' },
] as const;

/** After a change on the server: what it did, before the faults one by one. */
export function ProgressList({ progress }: { progress: Progress }) {
  return (
    <section className="progress" aria-label="Since the attempt before">
      <h3 className="progress-title">Since the attempt before</h3>
      <ul>
        {PARTS.flatMap(({ part, word, tone, icon }) =>
          progress[part].map((finding: ReportFinding) => (
            <li key={finding.id}>
              <span className={`progress-word tone-${tone}`}>
                <Icon name={icon} />
                {word}:
              </span>{' '}
              <span>
                <InlineMarkdown text={finding.title} />
              </span>
            </li>
          )),
        )}
      </ul>
    </section>
  );
}
