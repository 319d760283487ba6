import { useEffect, useState } from 'react';
import type { PanelHost } from '../host.ts';

/** What the user chose under this name, kept for the next time; null when nothing was. What is chosen before the store answers wins. */
export function useChoice(host: PanelHost, name: string): [string | null, (chosen: string) => void] {
  const [choice, setChoice] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    host.readChoice(name).then(
      (kept) => isCurrent && typeof kept === 'string' && setChoice((chosen) => chosen ?? kept),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [host, name]);
  const choose = (chosen: string) => {
    setChoice(chosen);
    // Where nothing may be kept it holds until the panel is closed.
    host.writeChoice(name, chosen).catch(() => {});
  };
  return [choice, choose];
}
