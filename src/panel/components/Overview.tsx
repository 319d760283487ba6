import type { ReportSession } from '../../model/report.ts';
import type { Details } from '../details.ts';
import { phasesOf } from '../details.ts';
import { shortSid, visible } from '../format.ts';
import type { Look } from '../words.ts';
import { ENDPOINT_LOOK, sessionLook } from '../words.ts';
import { ClientError } from './ClientError.tsx';
import { Icon } from './Icon.tsx';
import { InlineMarkdown } from './Markdown.tsx';
import { StepStrip } from './StepStrip.tsx';
import { UrlText } from './UrlText.tsx';

/** The answer in one look: how it is, where it stopped, and what the developer's console says of it. */
export function Overview({ details }: { details: Details }) {
  const { endpoint, telling, headline } = details;
  const look = lookOf(details);
  return (
    <section className={`overview overview-${look.tone}`} aria-label="Overview">
      <div className="overview-top">
        <span className={`pill tone-${look.tone}`}>
          <Icon name={look.icon} />
          {look.text}
        </span>
        <span className="route">
          {endpoint.pageOrigin !== null && (
            <>
              <bdi>{endpoint.pageOrigin === 'null' ? 'an opaque origin (null)' : visible(endpoint.pageOrigin)}</bdi>
              <span className="quiet" aria-hidden>
                →
              </span>
              <span className="sr-only"> connects to </span>
            </>
          )}
          <UrlText url={endpoint.url} />
        </span>
      </div>
      <h2 className="headline">
        <InlineMarkdown text={headline} />
      </h2>
      {telling?.state === 'failed' && <ClientError session={telling} />}
      {telling && <StepStrip phases={phasesOf(telling.steps)} />}
      {telling && <Facts session={telling} />}
    </section>
  );
}

function lookOf({ endpoint, session, findings }: Details): Look {
  if (!session) return ENDPOINT_LOOK[endpoint.status];
  return sessionLook(
    session,
    findings.some((finding) => finding.state === 'active' && finding.severity !== 'info'),
  );
}

function Facts({ session }: { session: ReportSession }) {
  const facts = factsOf(session);
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{visible(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(session: ReportSession): [name: string, value: string][] {
  const { server, sid, eio, transport, namespaces } = session;
  const facts: [string, string | null][] = [
    ['Server', server && [server.name, server.version].filter(Boolean).join(' ')],
    ['Protocol', eio === null ? null : `EIO=${eio}`],
    ['Transport', transport],
    ['sid', sid === null ? null : shortSid(sid)],
    ...namespaces.map(({ name, state, message }): [string, string] => [
      `Namespace ${name}`,
      message === null ? state : `${state}: “${message}”`,
    ]),
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
}
