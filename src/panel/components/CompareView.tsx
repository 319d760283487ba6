import { useMemo, useState } from 'react';
import {
  type Change,
  type ComparedEndpoint,
  type ComparedFinding,
  compareSides,
  countChanges,
  endpointVerdict,
} from '../compare.ts';
import { visible } from '../format.ts';
import { endpointKey } from '../tree-rows.ts';
import type { Look } from '../words.ts';
import { Icon } from './Icon.tsx';
import { InlineMarkdown } from './Markdown.tsx';
import { StatusText } from './StatusText.tsx';
import { UrlText } from './UrlText.tsx';
import type { Source } from './use-sources.ts';

const CHANGE_LOOK: Record<Change, Look> = {
  new: { icon: 'error', tone: 'error', text: 'New' },
  still: { icon: 'failed', tone: 'error', text: 'Still failing' },
  gone: { icon: 'hidden', tone: 'warning', text: 'Not seen any more' },
  fixed: { icon: 'recovered', tone: 'ok', text: 'Fixed' },
  untested: { icon: 'closed', tone: 'quiet', text: 'Cannot be compared' },
};

/** Why a problem that is not there is not called fixed. */
function noteOf(change: Change, { after }: ComparedEndpoint): string | null {
  if (change === 'untested') return 'Only one of the two connected there.';
  if (change !== 'gone') return null;
  return after?.status === 'failing'
    ? 'It still fails, perhaps before this could show: fix what is left, then compare again.'
    : 'It comes and goes, or the later one did not do what shows it: do the same again, then compare again.';
}

interface CompareViewProps {
  /** At least two. */
  sources: readonly Source[];
  /** Shows a row (by its key) of one of them. */
  onShow(source: string, row: string): void;
}

/** Two of the sources held against each other: what is fixed, what is left, what is new. */
export function CompareView({ sources, onShow }: CompareViewProps) {
  const [chosen, setChosen] = useState<{ before: string | null; after: string | null }>({ before: null, after: null });
  const after = sources.find(({ id }) => id === chosen.after) ?? sources[0];
  const before =
    sources.find(({ id }) => id === chosen.before && id !== after?.id) ?? sources.find((each) => each !== after);
  const endpoints = useMemo(() => (before && after ? compareSides(before.state, after.state) : []), [before, after]);
  if (!before || !after) return null;
  const changes = countChanges(endpoints);
  return (
    <section className="comparison" aria-label="Comparison">
      <div className="comparison-bar">
        <Side
          label="Before"
          sources={sources}
          value={before.id}
          onChange={(id) => setChosen({ before: id, after: other(id, after, before) })}
        />
        <Side
          label="After"
          sources={sources}
          value={after.id}
          onChange={(id) => setChosen({ before: other(id, before, after), after: id })}
        />
        <button
          type="button"
          className="tool tool-text"
          onClick={() => setChosen({ before: after.id, after: before.id })}
        >
          <Icon name="compare" />
          Swap
        </button>
        <p role="status" className="comparison-summary">
          {changes.length === 0
            ? 'Neither has anything to fix.'
            : changes.map(([change, times]) => `${times} ${CHANGE_LOOK[change].text.toLowerCase()}`).join(' · ')}
        </p>
      </div>
      {endpoints.map((endpoint) => (
        <Endpoint
          key={`${endpoint.pageOrigin} ${endpoint.url}`}
          endpoint={endpoint}
          before={before}
          after={after}
          onShow={onShow}
        />
      ))}
    </section>
  );
}

/** The two sides trade places when one is chosen to be the other. */
function other(chosen: string, kept: Source, replaced: Source): string {
  return chosen === kept.id ? replaced.id : kept.id;
}

interface SideProps {
  label: string;
  sources: readonly Source[];
  value: string;
  onChange(id: string): void;
}

function Side({ label, sources, value, onChange }: SideProps) {
  return (
    <label className="comparison-side">
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {sources.map(({ id, name }) => (
          <option key={id} value={id}>
            {visible(name)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface EndpointProps {
  endpoint: ComparedEndpoint;
  before: Source;
  after: Source;
  onShow: CompareViewProps['onShow'];
}

function Endpoint({ endpoint, before, after, onShow }: EndpointProps) {
  const { url, pageOrigin, findings } = endpoint;
  const links = [
    { source: before, row: endpoint.before },
    { source: after, row: endpoint.after },
  ];
  return (
    <article className="compared">
      <h3 className="route">
        {pageOrigin !== null && (
          <>
            <bdi>{visible(pageOrigin)}</bdi>
            <span className="quiet">→</span>
          </>
        )}
        <UrlText url={url} />
      </h3>
      <p className="compared-verdict">
        {endpointVerdict(endpoint)}
        {links.map(
          ({ source, row }) =>
            row && (
              <button
                key={source.id}
                type="button"
                className="link"
                onClick={() => onShow(source.id, endpointKey(row.id))}
              >
                Show in {visible(source.name)}
              </button>
            ),
        )}
      </p>
      {findings.length > 0 && (
        <ul className="compared-findings">
          {findings.map((compared) => (
            <Finding
              key={`${compared.change} ${compared.rule} ${compared.detail}`}
              compared={compared}
              note={noteOf(compared.change, endpoint)}
            />
          ))}
        </ul>
      )}
    </article>
  );
}

interface FindingProps {
  compared: ComparedFinding;
  note: string | null;
}

function Finding({ compared: { change, rule, finding }, note }: FindingProps) {
  return (
    <li data-rule={rule} data-change={change}>
      <StatusText look={CHANGE_LOOK[change]} />
      <span>
        <InlineMarkdown text={finding.title} />
        {note && <span className="quiet"> {note}</span>}
      </span>
    </li>
  );
}
