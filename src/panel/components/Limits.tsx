import type { PanelState } from '../../messaging/contract.ts';
import { count } from '../format.ts';
import { Icon } from './Icon.tsx';
import { InlineMarkdown } from './Markdown.tsx';

/** What the diagnosis had to do without: never hidden, never in the way. */
export function Limits({ limits, dropped }: Pick<PanelState, 'limits' | 'dropped'>) {
  const texts = [...limits.map((limit) => limit.text), ...droppedTexts(dropped)];
  if (texts.length === 0) return null;
  return (
    <section className="limits" aria-labelledby="limits-title">
      <h3 id="limits-title">
        <Icon name="hidden" />
        What could not be seen
      </h3>
      <ul>
        {texts.map((text) => (
          <li key={text}>
            <InlineMarkdown text={text} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function droppedTexts({ exchanges, sessions }: PanelState['dropped']): string[] {
  if (exchanges === 0 && sessions === 0) return [];
  return [
    `${count(exchanges, 'request')} of ${count(sessions, 'old connection')} were dropped to keep memory bounded.`,
  ];
}
