import { useMemo, useState } from 'react';
import type { Hiding } from '../../messaging/contract.ts';

/** What the user hides beyond secrets, in all that is shared from this panel until it closes. */
export interface Sharing {
  hosts: boolean;
  texts: readonly string[];
  setHosts(hidden: boolean): void;
  /** Hides a text wherever it stands. */
  hide(text: string): void;
  /** Shows it again. */
  show(text: string): void;
}

/** Shorter ones stand in half of all words. */
const MIN_LENGTH = 2;

export function useSharing(): Sharing {
  const [hosts, setHosts] = useState(false);
  const [texts, setTexts] = useState<readonly string[]>([]);
  return useMemo(
    () => ({
      hosts,
      texts,
      setHosts,
      hide(text) {
        const wanted = text.trim();
        if (wanted.length >= MIN_LENGTH) setTexts((known) => (known.includes(wanted) ? known : [...known, wanted]));
      },
      show: (text) => setTexts((known) => known.filter((each) => each !== text)),
    }),
    [hosts, texts],
  );
}

/** As the worker is told. */
export function hidingOf({ hosts, texts }: Sharing, secrets = true): Hiding {
  return { secrets, hosts, texts: [...texts] };
}
