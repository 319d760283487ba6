import type { ReportSession } from '../../model/report.ts';
import { isSourceUrl, sourceLabel, visible } from '../format.ts';
import { usePanel } from '../panel-context.ts';

/** Where the page opened the connection, opened in DevTools' own source view. */
export function SourceLink({ at }: { at: NonNullable<ReportSession['openedAt']> }) {
  const { openSource } = usePanel();
  const label = visible(sourceLabel(at.url, at.line));
  const place = visible(`${at.function ? `${at.function} in ` : ''}${at.url}:${at.line}:${at.column}`);
  if (!openSource || !isSourceUrl(at.url)) return <code title={place}>{label}</code>;
  return (
    <button type="button" className="link mono" title={place} onClick={() => openSource(at.url, at.line)}>
      {label}
    </button>
  );
}
