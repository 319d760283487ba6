import type { Hidden } from '../../model/report.ts';
import { count, visible } from '../format.ts';
import type { ExportFormat } from '../questions.ts';
import type { PreviewState } from './use-preview.ts';

interface PreviewViewProps {
  state: PreviewState;
  format: ExportFormat;
  /** As the user knows it. */
  name: string;
  /** Whether what leaves is on the screen without a click. */
  startsOpen: boolean;
}

/** Of the list; the rest is counted. */
const MAX_HIDDEN = 200;

/** What leaves, and what does not. */
export function PreviewView({ state: { preview, pending, problem }, format, name, startsOpen }: PreviewViewProps) {
  if (problem !== null) return <p className="tone-error">{problem}</p>;
  if (!preview) return <p className="quiet">Looking through what was recorded…</p>;
  return (
    <div className="preview" aria-busy={pending}>
      <HiddenList hidden={preview.hidden} />
      <details open={startsOpen}>
        <summary className="preview-summary">
          Show what leaves: {name}, {count(preview.length, 'character')}
        </summary>
        {format === 'html' ? <Page html={preview.text} /> : <Text text={preview.text} length={preview.length} />}
      </details>
    </div>
  );
}

/** The page itself, in a frame where nothing runs. The data in it, which can be opened again, is the same as in JSON. */
function Page({ html }: { html: string }) {
  const [page = ''] = html.split('<script type="application/json"');
  return (
    <>
      <iframe className="preview-page" title="What leaves" sandbox="" srcDoc={page} />
      <p className="quiet">The file holds its data, too, to be opened again: the same as in JSON.</p>
    </>
  );
}

function Text({ text, length }: { text: string; length: number }) {
  return (
    <>
      <section aria-label="What leaves" className="preview-text">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it can be reached by keyboard. */}
        <pre tabIndex={0}>{visible(text)}</pre>
      </section>
      {text.length < length && (
        <p className="quiet">
          The first {text.length.toLocaleString('en-US')} of {count(length, 'character')}.
        </p>
      )}
    </>
  );
}

function HiddenList({ hidden }: { hidden: readonly Hidden[] }) {
  const total = hidden.length;
  if (total === 0) return <p className="quiet">Nothing is hidden.</p>;
  const shown = hidden.slice(0, MAX_HIDDEN);
  return (
    <details>
      <summary className="preview-summary">{count(total, 'value')} hidden</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it can be reached by keyboard. */}
      <div className="hidden-list" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Stands there instead</th>
              <th scope="col">Times</th>
              <th scope="col">Where</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ placeholder, count: times, places }) => (
              <tr key={placeholder}>
                <td className="mono">{visible(placeholder)}</td>
                <td>{times.toLocaleString('en-US')}</td>
                <td>{visible(placesText(places))}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {total > shown.length && <p className="quiet">And {count(total - shown.length, 'more value')}.</p>}
      </div>
    </details>
  );
}

function placesText(places: readonly string[]): string {
  const shown = places.slice(0, 4).join(', ');
  return places.length > 4 ? `${shown} and ${places.length - 4} more` : shown;
}
