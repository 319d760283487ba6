/** One answer of the scripted server, byte for byte: header lines go out in this order, with these names and raw values. */
export interface Answer {
  status: number;
  statusText: string;
  headers: [name: string, rawValue: string][];
  body: string;
}

/** What the server does instead of answering. */
export type WireFault = 'close' | 'reset' | 'garbage';

export interface Hop {
  url: string;
  /** What an OPTIONS that asks for leave (`Access-Control-Request-Method`) gets. */
  preflight: Answer | WireFault | null;
  response: Answer | WireFault | null;
}

/** One request of a page, with the answers that await it. */
export interface FuzzCase {
  id: string;
  stratum: string;
  /** Document that sends it; one of the server's pages. */
  pageUrl: string;
  request: {
    method: string;
    headers: [name: string, value: string][];
    body: string | null;
    credentials: RequestCredentials;
    mode: RequestMode;
    redirect: RequestRedirect;
    initiator: 'fetch' | 'xhr';
  };
  hops: Hop[];
}

/** The index of a hop and the id of its case travel in the query, next to what makes it an Engine.IO URL. */
export function caseUrl(origin: string, id: string, hop: number, eio = 4): string {
  return `${origin}/socket.io/?EIO=${eio}&transport=polling&t=${id}.${hop}`;
}

export function caseOfUrl(url: string): { id: string; hop: number } | null {
  const match = /[?&]t=([^.&#]+)\.(\d+)/.exec(url);
  if (!match?.[1]) return null;
  return { id: match[1], hop: Number(match[2]) };
}
