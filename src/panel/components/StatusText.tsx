import type { Look } from '../words.ts';
import { Icon } from './Icon.tsx';

/** An icon with its word, in its colour. */
export function StatusText({ look }: { look: Look }) {
  return (
    <span className={`status tone-${look.tone}`} title={look.text}>
      <Icon name={look.icon} />
      <span>{look.text}</span>
    </span>
  );
}
