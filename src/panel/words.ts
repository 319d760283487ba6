import type {
  ReportEndpoint,
  ReportExchange,
  ReportFinding,
  ReportSession,
  ReportStep,
  Severity,
} from '../model/report.ts';
import type { IconName } from './components/Icon.tsx';

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

/** What the confidence means to the reader. */
export function confidenceText(finding: ReportFinding): { word: string; meaning: string } {
  switch (finding.confidence) {
    case 'certain':
      return { word: 'certain', meaning: 'the evidence allows no other explanation' };
    case 'likely':
      return {
        word: 'likely',
        meaning:
          finding.alternatives.length > 0
            ? 'another cause would look the same'
            : 'it fits all that was seen, which does not prove it',
      };
    case 'hint':
      return { word: 'hint', meaning: 'worth a look, not proven' };
  }
}

/** The CORS verdict of an exchange, short. */
export function corsText({ verdict, error, candidates }: ReportExchange['cors']): Look {
  switch (verdict) {
    case 'pass':
      return { icon: 'recovered', tone: 'ok', text: 'allowed' };
    case 'not-applicable':
      return { icon: 'closed', tone: 'quiet', text: 'not applicable' };
    case 'fail':
      return { icon: 'failed', tone: 'error', text: error ?? 'refused' };
    case 'unknown': {
      const names = candidates.map((candidate) => candidate.error ?? 'allowed');
      return { icon: 'hidden', tone: 'warning', text: names.length > 0 ? names.join(' or ') : 'cannot tell' };
    }
  }
}
