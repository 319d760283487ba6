import type { ReactNode } from 'react';
import type { ReportSession, ReportStep } from '../../model/report.ts';
import type { Details } from '../details.ts';
import { formatDuration, formatOffset, formatTimeOfDay, shortSid, visible } from '../format.ts';
import { OUTCOME_LOOK } from '../words.ts';
import { Icon } from './Icon.tsx';
import { useVirtualRows } from './use-virtual-rows.ts';

type Line = { key: string; session: ReportSession; step: ReportStep | null };

/** What happened, in words, the latest connection first. */
export function TimelineView({ details }: { details: Details }) {
  const lines = details.sessions.toReversed().flatMap(linesOf);
  const { scroller, virtualizer } = useVirtualRows({
    count: lines.length,
    rowHeight: 28,
    keyOf: (index) => lines[index]?.key ?? String(index),
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by the keyboard too
    <div role="list" aria-label="Steps" tabIndex={0} className="scroll timeline" ref={scroller}>
      <div role="presentation" className="virtual" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            role="listitem"
            aria-posinset={index + 1}
            aria-setsize={lines.length}
            ref={virtualizer.measureElement}
            data-index={index}
            style={{ transform: `translateY(${start}px)` }}
          >
            <LineView line={lines[index]} />
          </div>
        ))}
      </div>
    </div>
  );
}

function linesOf(session: ReportSession): Line[] {
  return [
    { key: session.id, session, step: null },
    ...session.steps.map((step, index) => ({ key: `${session.id} ${index}`, session, step })),
  ];
}

function LineView({ line }: { line: Line | undefined }): ReactNode {
  if (!line) return null;
  return line.step ? (
    <StepLine step={line.step} start={startOf(line.session)} />
  ) : (
    <SessionLine session={line.session} />
  );
}

/** A folded session started with its first attempt, but its steps are those of the latest. */
function startOf(session: ReportSession): string {
  return session.steps[0]?.at ?? session.startedAt;
}

function SessionLine({ session }: { session: ReportSession }) {
  const { sid, attempts, durationMs } = session;
  return (
    <div className="timeline-session">
      <b>{sid === null ? 'Connection without sid' : <>sid {visible(shortSid(sid))}</>}</b>
      <span className="quiet">
        {formatTimeOfDay(startOf(session))}
        {durationMs !== null && `, ${formatDuration(durationMs)}`}
        {attempts > 1 && `, the latest of ${attempts} attempts that failed alike`}
      </span>
    </div>
  );
}

function StepLine({ step, start }: { step: ReportStep; start: string }) {
  const look = OUTCOME_LOOK[step.outcome];
  return (
    <div className={`timeline-step step-${step.outcome}`}>
      <span className="step-time mono">{formatOffset(start, step.at)}</span>
      <span className={`step-icon tone-${look.tone}`}>
        <Icon name={look.icon} label={look.text} />
      </span>
      <span className="step-kind">{step.kind}</span>
      <span className="step-text">
        <bdi>{visible(step.text)}</bdi>
      </span>
    </div>
  );
}
