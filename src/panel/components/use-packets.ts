import { useEffect, useState } from 'react';
import type { ReportSession } from '../../model/report.ts';
import { usePanel } from '../panel-context.ts';
import type { PacketList } from '../questions.ts';

/** The list is asked for again this long after the last answer at the earliest, in ms. */
const AGAIN_AFTER_MS = 500;

interface Asked {
  session: string;
  list: PacketList | null;
  problem: string | null;
}

/** The packets of a session, kept up to date while `version` changes; `list` is null until they are there. */
export function usePackets(session: ReportSession | null, version: unknown): Omit<Asked, 'session'> {
  const { packets } = usePanel();
  const [asked, setAsked] = useState<Asked | null>(null);
  const id = session?.id ?? null;
  const isKnown = asked?.session === id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is what there is to ask about
  useEffect(() => {
    if (id === null) return;
    let current = true;
    const keep = (answer: Asked) => current && setAsked(answer);
    const timer = setTimeout(
      () => {
        packets(id).then(
          (list) => keep({ session: id, list, problem: null }),
          (problem: Error) => keep({ session: id, list: null, problem: problem.message }),
        );
      },
      isKnown ? AGAIN_AFTER_MS : 0,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, version, packets]);
  return isKnown && asked ? asked : { list: null, problem: null };
}
