import type { ReportEndpoint, ReportExchange, ReportSession, ReportStep, Severity } from '../model/report.ts';
import { corsWords } from '../model/wording.ts';
import type { IconName } from './components/Icon.tsx';

export { confidenceText } from '../model/wording.ts';

/** Colour of a thing: the CSS class `tone-...`. */
export type Tone = 'error' | 'warning' | 'ok' | 'info' | 'quiet';

export interface Look {
  icon: IconName;
  tone: Tone;
  text: string;
}

export const ENDPOINT_LOOK: Record<ReportEndpoint['status'], Look> = {
  failing: { icon: 'error', tone: 'error', text: 'Failing' },
  degraded: { icon: 'warning', tone: 'warning', text: 'Degraded' },
  recovered: { icon: 'ok', tone: 'ok', text: 'Recovered' },
  healthy: { icon: 'ok', tone: 'ok', text: 'Healthy' },
  idle: { icon: 'pending', tone: 'quiet', text: 'Idle' },
};

const SESSION_LOOK: Record<ReportSession['state'], Look> = {
  failed: { icon: 'failed', tone: 'error', text: 'Failed' },
  connected: { icon: 'recovered', tone: 'ok', text: 'Connected' },
  connecting: { icon: 'pending', tone: 'quiet', text: 'Connecting' },
  closed: { icon: 'closed', tone: 'quiet', text: 'Closed' },
};

/** A session that works but has something to fix looks like a warning, and still says that it is connected. */
export function sessionLook(session: ReportSession, troubled: boolean): Look {
  const look = SESSION_LOOK[session.state];
  return troubled && session.state !== 'failed' ? { ...look, icon: 'warning', tone: 'warning' } : look;
}

export const SEVERITY_LOOK: Record<Severity, Look> = {
  error: { icon: 'error', tone: 'error', text: 'Error' },
  warning: { icon: 'warning', tone: 'warning', text: 'Warning' },
  info: { icon: 'info', tone: 'info', text: 'Info' },
};

export const OUTCOME_LOOK: Record<ReportStep['outcome'], Look> = {
  ok: { icon: 'recovered', tone: 'ok', text: 'done' },
  failed: { icon: 'failed', tone: 'error', text: 'failed' },
  pending: { icon: 'pending', tone: 'quiet', text: 'under way' },
  hidden: { icon: 'hidden', tone: 'warning', text: 'could not be seen' },
};

const CORS_LOOK: Record<ReportExchange['cors']['verdict'], Omit<Look, 'text'>> = {
  pass: { icon: 'recovered', tone: 'ok' },
  'not-applicable': { icon: 'closed', tone: 'quiet' },
  fail: { icon: 'failed', tone: 'error' },
  unknown: { icon: 'hidden', tone: 'warning' },
};

/** The CORS verdict of an exchange, short. */
export function corsText(cors: ReportExchange['cors']): Look {
  return { ...CORS_LOOK[cors.verdict], text: corsWords(cors) };
}
