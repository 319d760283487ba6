import { useEffect, useState } from 'react';
import type { ChosenStacks, Side } from '../../model/sides.ts';
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

/** The stack that the user chose on each side. What was stored under `stack`, as one for all sides, says nothing of any. */
export function useStacks(host: PanelHost): [ChosenStacks, (side: Side, stack: string) => void] {
  const [server, chooseServer] = useChoice(host, 'stack-server');
  const [proxy, chooseProxy] = useChoice(host, 'stack-proxy');
  const [page, choosePage] = useChoice(host, 'stack-page');
  const [around, chooseAround] = useChoice(host, 'stack-around');
  const choose = { server: chooseServer, proxy: chooseProxy, page: choosePage, around: chooseAround };
  return [{ server, proxy, page, around }, (side, stack) => choose[side](stack)];
}
