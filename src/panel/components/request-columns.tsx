import type { ReactNode } from 'react';
import type { ReportExchange } from '../../model/report.ts';
import { formatDuration, visible } from '../format.ts';
import { corsText } from '../words.ts';
import { StatusText } from './StatusText.tsx';
import { UrlText } from './UrlText.tsx';

interface Column {
  id: 'method' | 'url' | 'kind' | 'status' | 'error' | 'cors' | 'duration';
  title: string;
  render(exchange: ReportExchange): ReactNode;
}

/** Title, place and content of each column together. Widths are in `requests.css`. */
export const COLUMNS: Column[] = [
  { id: 'method', title: 'Method', render: ({ method }) => visible(method) || 'GET' },
  { id: 'url', title: 'URL', render: ({ url }) => <UrlText url={url} /> },
  { id: 'kind', title: 'Type', render: ({ kind, askedByUs }) => (askedByUs ? `${kind}, asked by this panel` : kind) },
  { id: 'status', title: 'Status', render: (exchange) => <Status exchange={exchange} /> },
  { id: 'error', title: 'Error', render: ({ error }) => errorText(error) },
  { id: 'cors', title: 'CORS', render: ({ cors }) => <StatusText look={corsText(cors)} /> },
  {
    id: 'duration',
    title: 'Duration',
    render: ({ durationMs }) => (durationMs === null ? '' : formatDuration(durationMs)),
  },
];

function Status({ exchange }: { exchange: ReportExchange }) {
  const { status, durationMs } = exchange;
  if (status > 0) return <span className={status >= 400 ? 'tone-error' : undefined}>{status}</span>;
  return durationMs === null ? <span className="quiet">pending</span> : <span className="tone-error">no answer</span>;
}

/** The empty text is a fact of its own: the browser has an error and does not say which. */
function errorText(error: string | null): ReactNode {
  if (error === null) return null;
  if (error === '') return <span className="quiet">reason withheld</span>;
  return (
    <span className="tone-error" title={visible(error)}>
      {visible(error)}
    </span>
  );
}
