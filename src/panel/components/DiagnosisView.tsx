import type { PanelState } from '../../messaging/contract.ts';
import type { Details } from '../details.ts';
import { findingTree } from '../details.ts';
import { progressOf } from '../progress.ts';
import { FindingCard } from './FindingCard.tsx';
import { FixedFindings } from './FixedFindings.tsx';
import { Limits } from './Limits.tsx';
import { Overview } from './Overview.tsx';
import { ProgressList } from './ProgressList.tsx';

interface DiagnosisViewProps {
  state: PanelState;
  details: Details;
}

/** What is wrong with the selection, why that is so, and what to do about it. */
export function DiagnosisView({ state, details }: DiagnosisViewProps) {
  const nodes = findingTree(details.findings);
  const progress = progressOf(details);
  const titles = new Map(state.findings.map((finding) => [finding.id, finding.title]));
  return (
    <div className="diagnosis">
      <Overview details={details} />
      {progress && <ProgressList progress={progress} />}
      {nodes.map(({ finding, consequences }, index) => (
        <FindingCard
          key={finding.id}
          finding={finding}
          consequences={consequences}
          exchanges={state.exchanges}
          causeTitle={finding.causedBy === null ? null : (titles.get(finding.causedBy) ?? null)}
          headline={details.headline}
          startsOpen={index === 0 || finding.severity !== 'info'}
        />
      ))}
      <FixedFindings
        findings={details.findings.filter((finding) => finding.state === 'resolved')}
        exchanges={state.exchanges}
      />
      <Limits limits={state.limits} dropped={state.dropped} />
    </div>
  );
}
