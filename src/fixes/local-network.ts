/** Chrome asks before a page of the internet may reach this machine or its network. */
import type { Fix } from '../model/finding.ts';
import type { FixContext } from './context.ts';

/** Where the answer can be changed, and how an embedding page passes the permission on. */
export function allowLocalNetwork({ page }: FixContext): Fix {
  return {
    id: 'chrome-setting',
    stack: 'Chrome (and others built on Chromium)',
    title: 'Allow the page to reach the local network',
    language: 'text',
    file: 'address bar',
    code: [
      `chrome://settings/content/siteDetails?site=${encodeURIComponent(page ?? '')}`,
      'Local network access: Allow',
      '',
      '(a page in a frame also needs <iframe allow="local-network-access">)',
    ].join('\n'),
  };
}
