import type { Link } from '../store.ts';
import { Icon } from './Icon.tsx';

interface BannerProps {
  link: Link;
  recorderMissing: boolean;
  /** False when the user pressed Record to stop. */
  recording: boolean;
}

/** Why nothing new will come, when that is so. */
export function Banner(props: BannerProps) {
  const text = bannerText(props);
  if (text === null) return null;
  return (
    <p className="banner" role="status">
      <Icon name="warning" />
      <span>{text}</span>
    </p>
  );
}

function bannerText({ link, recorderMissing, recording }: BannerProps): string | null {
  if (link === 'lost') {
    return 'The extension does not answer; it may have been updated or switched off. Close DevTools and open it again.';
  }
  if (recorderMissing) return 'Nothing is being recorded: the recorder is not there. Close DevTools and open it again.';
  return recording ? null : 'Recording is off: what happens now is not seen. Press Record to go on.';
}
