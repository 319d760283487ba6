import { useId } from 'react';
import type { ReportExchange, ReportFinding } from '../../model/report.ts';
import { FindingBody } from './FindingCard.tsx';
import { Icon } from './Icon.tsx';
import { InlineMarkdown } from './Markdown.tsx';

interface FixedFindingsProps {
  findings: readonly ReportFinding[];
  exchanges: readonly ReportExchange[];
}

/** What a later attempt went past: good news, with its reasons still there to read. */
export function FixedFindings({ findings, exchanges }: FixedFindingsProps) {
  return findings.map((finding) => <FixedFinding key={finding.id} finding={finding} exchanges={exchanges} />);
}

function FixedFinding({ finding, exchanges }: { finding: ReportFinding; exchanges: readonly ReportExchange[] }) {
  const titleId = useId();
  return (
    <article className="finding finding-fixed" data-rule={finding.rule} aria-labelledby={titleId}>
      <details>
        <summary className="card-head">
          <span className="fold-mark">
            <Icon name="chevron" />
          </span>
          <span className="tone-ok">
            <Icon name="ok" />
          </span>
          <span className="card-title">
            <h3 className="finding-title">
              <span className="tone-ok">Fixed: </span>
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
