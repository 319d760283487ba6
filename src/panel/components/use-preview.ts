import { useEffect, useState } from 'react';
import type { PanelClient } from '../client.ts';
import type { ExportFormat, Preview, ReportChoice } from '../questions.ts';

export interface PreviewState {
  /** The last that came; it stays while a newer one is made. */
  preview: Preview | null;
  /** Of which format and choice `preview` is. */
  of: string;
  pending: boolean;
  problem: string | null;
}

/** Who opens the menu and chooses at once does not wait for a preview to be made first. In ms. */
const DELAY_MS = 250;
const NOTHING: PreviewState = { preview: null, of: '', pending: true, problem: null };

/** What would leave as `format`, made anew when the choice changes. */
export function usePreview(client: PanelClient, format: ExportFormat, choice: ReportChoice): PreviewState {
  const [state, setState] = useState(NOTHING);
  const key = JSON.stringify({ format, choice });
  useEffect(() => {
    let current = true;
    setState((known) => ({ ...known, pending: true }));
    const asked: { format: ExportFormat; choice: ReportChoice } = JSON.parse(key);
    const timer = setTimeout(() => {
      client.previewReport(asked.format, asked.choice).then(
        (preview) => current && setState({ preview, of: key, pending: false, problem: null }),
        (reason: Error) => current && setState({ ...NOTHING, pending: false, problem: reason.message }),
      );
    }, DELAY_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, key]);
  return state;
}
