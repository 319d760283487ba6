import type { Phase } from '../details.ts';
import { OUTCOME_LOOK } from '../words.ts';
import { Icon } from './Icon.tsx';

/** How far the connection came: handshake → upgrade → connect, with what failed marked. */
export function StepStrip({ phases }: { phases: readonly Phase[] }) {
  if (phases.length === 0) return null;
  return (
    <ol className="strip" aria-label="Steps of the connection">
      {phases.map(({ kind, outcome, times }) => (
        <li key={kind} className={`phase phase-${outcome} tone-${OUTCOME_LOOK[outcome].tone}`}>
          <Icon name={OUTCOME_LOOK[outcome].icon} />
          <span className="phase-name">{kind}</span>
          {times > 1 && <span className="quiet">×{times}</span>}
          <span className="sr-only"> {OUTCOME_LOOK[outcome].text}</span>
        </li>
      ))}
    </ol>
  );
}
