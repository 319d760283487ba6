import { splitUrl, visible } from '../format.ts';

/** A URL of the page: its host first to the eye, never a link. */
export function UrlText({ url }: { url: string }) {
  const { host, path } = splitUrl(visible(url));
  return (
    <bdi className="url" title={visible(url)}>
      <span className="url-host">{host}</span>
      <span className="url-path">{path}</span>
    </bdi>
  );
}
