import type { Environment } from '../model/report.ts';

const BROWSERS: [RegExp, string][] = [
  [/Edg\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/(?:Headless)?Chrome\/(\d+)/, 'Chromium'],
  [/Version\/(\d+).*Safari/, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];

/** Browser and system as a User-Agent names them; null where it does not. */
export function environmentOf(userAgent: string | null, capture: Environment['capture']): Environment {
  const agent = userAgent ?? '';
  const browser = BROWSERS.map(([pattern, name]) => ({ name, version: pattern.exec(agent)?.[1] })).find(
    ({ version }) => version,
  );
  return {
    browser: browser ? `${browser.name} ${browser.version}` : null,
    os: SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1] ?? null,
    capture,
  };
}
