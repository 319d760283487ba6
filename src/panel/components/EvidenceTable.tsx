import type { ReactNode } from 'react';
import type { ReportExchange, ReportFinding } from '../../model/report.ts';
import type { DiffPart } from '../char-diff.ts';
import { diffCharacters, worthComparing } from '../char-diff.ts';
import { splitUrl, visible } from '../format.ts';
import { usePanel } from '../panel-context.ts';

type Evidence = ReportFinding['evidence'][number];

interface EvidenceTableProps {
  evidence: readonly Evidence[];
  exchanges: readonly ReportExchange[];
}

/** What was there beside what a working connection would have had. */
export function EvidenceTable({ evidence, exchanges }: EvidenceTableProps) {
  return (
    <table className="evidence">
      <thead>
        <tr>
          <th scope="col">Evidence</th>
          <th scope="col">Expected</th>
          <th scope="col">Actual</th>
        </tr>
      </thead>
      <tbody>
        {evidence.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no identity but its place
          <EvidenceRow key={index} item={item} exchange={exchanges.find(({ id }) => id === item.exchange)} />
        ))}
      </tbody>
    </table>
  );
}

function EvidenceRow({ item, exchange }: { item: Evidence; exchange: ReportExchange | undefined }) {
  const { expected, actual } = valuesOf(item);
  return (
    <tr>
      <th scope="row">
        <span className="evidence-name">{visible(item.name)}</span>
        <span className="evidence-where">
          {item.where}
          {exchange && <ExchangeLink exchange={exchange} />}
        </span>
      </th>
      <td className="expected">{expected}</td>
      <td className="actual">{actual}</td>
    </tr>
  );
}

function ExchangeLink({ exchange }: { exchange: ReportExchange }) {
  const { showExchange } = usePanel();
  return (
    <>
      {' of '}
      <button
        type="button"
        className="link"
        title="Show it among the requests"
        onClick={() => showExchange(exchange.id)}
      >
        {exchange.kind === 'websocket' ? 'WebSocket' : visible(exchange.method)}{' '}
        {splitUrl(visible(exchange.url)).path.split('?')[0]}
      </button>
    </>
  );
}

/** Marks letter by letter are for headers, which are compared byte for byte; elsewhere they would be noise. */
function valuesOf({ where, expected, actual }: Evidence): { expected: ReactNode; actual: ReactNode } {
  const nothing = where.endsWith('header') ? 'no such header' : 'nothing';
  const plain = (text: string | null) => (text === null ? <i className="quiet">{nothing}</i> : <Value text={text} />);
  const comparable = where.endsWith('header') && expected !== null && actual !== null;
  if (!comparable || !worthComparing(expected, actual)) return { expected: plain(expected), actual: plain(actual) };
  const diff = diffCharacters(visible(expected), visible(actual));
  return { expected: <Marked parts={diff.expected} />, actual: <Marked parts={diff.actual} /> };
}

function Value({ text }: { text: string }) {
  return text === '' ? <i className="quiet">empty</i> : <code>{visible(text)}</code>;
}

function Marked({ parts }: { parts: readonly DiffPart[] }) {
  return (
    <code>
      {parts.map(({ text, differs }, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no identity but their place
        return differs ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>;
      })}
    </code>
  );
}
