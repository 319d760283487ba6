import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import type { ReportExchange, ReportFinding } from '../../model/report.ts';
import { confidenceText, SEVERITY_LOOK } from '../words.ts';
import { ClientLogSwitch } from './ClientLogSwitch.tsx';
import { Code } from './Code.tsx';
import { EvidenceTable } from './EvidenceTable.tsx';
import { FixBox } from './FixBox.tsx';
import { Icon } from './Icon.tsx';
import { InlineMarkdown, Markdown } from './Markdown.tsx';

interface FindingCardProps {
  finding: ReportFinding;
  consequences?: readonly ReportFinding[];
  exchanges: readonly ReportExchange[];
  /** Title of its cause where that is not shown around it. */
  causeTitle?: string | null;
  /** What the view says at its top: the same sentence is not shown twice. */
  headline?: string;
  startsOpen: boolean;
}

/** One fault: what happened, what proves it, and what to do. */
export function FindingCard({
  finding,
  consequences = [],
  exchanges,
  causeTitle,
  headline,
  startsOpen,
}: FindingCardProps) {
  const titleId = useId();
  const isHeadline = finding.title === headline;
  const title = (
    <h3 id={titleId} className={isHeadline ? 'sr-only' : 'finding-title'}>
      <InlineMarkdown text={finding.title} />
    </h3>
  );
  return (
    <article className={`finding finding-${finding.severity}`} data-rule={finding.rule} aria-labelledby={titleId}>
      <Fold open={startsOpen} foldable={!isHeadline} summary={<CardHead finding={finding}>{title}</CardHead>}>
        {causeTitle && (
          <p className="quiet">
            Because of: <InlineMarkdown text={causeTitle} />
          </p>
        )}
        <FindingBody finding={finding} exchanges={exchanges} />
        {consequences.length > 0 && <Consequences findings={consequences} exchanges={exchanges} />}
      </Fold>
    </article>
  );
}

interface FoldProps {
  open: boolean;
  foldable: boolean;
  summary: ReactNode;
  children: ReactNode;
}

function Fold({ open, foldable, summary, children }: FoldProps) {
  if (!foldable) {
    return (
      <>
        <div className="card-head">{summary}</div>
        <div className="card-body">{children}</div>
      </>
    );
  }
  return (
    <details open={open}>
      <summary className="card-head">
        <span className="fold-mark">
          <Icon name="chevron" />
        </span>
        {summary}
      </summary>
      <div className="card-body">{children}</div>
    </details>
  );
}

function CardHead({ finding, children }: { finding: ReportFinding; children: ReactNode }) {
  const look = SEVERITY_LOOK[finding.severity];
  const { word, meaning } = confidenceText(finding);
  return (
    <span className="card-title">
      {children}
      <span className="card-marks">
        <span className={`severity tone-${look.tone}`}>
          <Icon name={look.icon} />
          {look.text}
        </span>
        <span className="confidence">
          <b>{word}</b>: {meaning}
        </span>
        <code className="rule-id">{finding.detail ? `${finding.rule} / ${finding.detail}` : finding.rule}</code>
      </span>
    </span>
  );
}

/** Explanation, proof and fix of a finding, without its frame. */
export function FindingBody({ finding, exchanges }: { finding: ReportFinding; exchanges: readonly ReportExchange[] }) {
  const { evidence, fixes, alternatives, deeper = [] } = finding;
  return (
    <div className={fixes.length > 0 ? 'finding-body with-fix' : 'finding-body'}>
      <div className="finding-why">
        <Markdown text={finding.explanation} />
        {evidence.length > 0 && <EvidenceTable evidence={evidence} exchanges={exchanges} />}
        {alternatives.length > 0 && <Alternatives rules={alternatives} />}
      </div>
      {fixes.length > 0 && <FixBox fixes={fixes} />}
      {deeper.length > 0 && <DigDeeper looks={deeper} />}
    </div>
  );
}

/** Where to look next when the finding does not suffice. */
function DigDeeper({ looks }: { looks: NonNullable<ReportFinding['deeper']> }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="dig-deeper" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="fold-mark">
          <Icon name="chevron" />
        </span>
        Dig deeper
      </summary>
      {open && <ClientLogSwitch />}
      {looks.map(({ title, language, file, code }) => (
        <div key={title}>
          <p>
            {title} <span className="quiet">({file})</span>
          </p>
          <Code text={code} language={language} label={title} />
        </div>
      ))}
    </details>
  );
}

function Alternatives({ rules }: { rules: readonly string[] }) {
  return (
    <p className="alternatives">
      The same evidence would also fit:{' '}
      {rules.map((rule, index) => (
        <span key={rule}>
          {index > 0 && ', '}
          <code>{rule}</code>
        </span>
      ))}
    </p>
  );
}

function Consequences({
  findings,
  exchanges,
}: {
  findings: readonly ReportFinding[];
  exchanges: readonly ReportExchange[];
}) {
  return (
    <details className="consequences">
      <summary>
        <span className="fold-mark">
          <Icon name="chevron" />
        </span>
        Also seen because of this ({findings.length})
      </summary>
      {findings.map((finding) => (
        <FindingCard key={finding.id} finding={finding} exchanges={exchanges} startsOpen={false} />
      ))}
    </details>
  );
}
