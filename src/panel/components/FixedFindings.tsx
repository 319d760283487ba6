import { useId } from 'react';
import type { ReportExchange, ReportFinding } from '../../model/report.ts';
import { resolvedWord } from '../../model/wording.ts';
import { FindingBody } from './FindingCard.tsx';
import { Icon } from './Icon.tsx';
import { InlineMarkdown } from './Markdown.tsx';

interface FixedFindingsProps {
  findings: readonly ReportFinding[];
  exchanges: readonly ReportExchange[];
}

/** What a later attempt went past, with its reasons still there to read: good news, unless it may come back. */
export function FixedFindings({ findings, exchanges }: FixedFindingsProps) {
  return findings.map((finding) => <FixedFinding key={finding.id} finding={finding} exchanges={exchanges} />);
}

function FixedFinding({ finding, exchanges }: { finding: ReportFinding; exchanges: readonly ReportExchange[] }) {
  const titleId = useId();
  const tone = finding.mayReturn ? 'quiet' : 'ok';
  return (
    <article
      className={`finding finding-${finding.mayReturn ? 'unseen' : 'fixed'}`}
      data-rule={finding.rule}
      aria-labelledby={titleId}
    >
      <details>
        <summary className="card-head">
          <span className="fold-mark">
            <Icon name="chevron" />
          </span>
          <span className={`tone-${tone}`}>
            <Icon name={finding.mayReturn ? 'info' : 'ok'} />
          </span>
          <span className="card-title">
            <h3 className="finding-title">
              <span className={`tone-${tone}`}>{resolvedWord(finding)}: </span>
              <span id={titleId}>
                <InlineMarkdown text={finding.title} />
              </span>
            </h3>
          </span>
        </summary>
        <div className="card-body">
          <FindingBody finding={finding} exchanges={exchanges} />
        </div>
      </details>
    </article>
  );
}
