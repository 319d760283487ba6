/** Pages whose origin is opaque: they get one, instead of the server allowing `null`. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, portOf } from './context.ts';
import { enableCors } from './cors.ts';
import { withNote } from './stacks.ts';

/** Ports on which the snippet may serve the page: one of them is not the server's. */
const PAGE_PORT = 5173;
const OTHER_PORT = 5174;

/** Origin of the page that the snippet serves. */
export function servedPage({ server }: FixContext): string {
  return `http://localhost:${portOf(server) === PAGE_PORT ? OTHER_PORT : PAGE_PORT}`;
}

/** `file://`: serve the page over HTTP, and allow the origin that it then has. */
export function serveOverHttp(context: FixContext): Fix[] {
  const page = servedPage(context);
  return [
    {
      id: 'serve',
      stack: 'Any static server',
      title: `Serve the page over HTTP, as \`${page}\``,
      language: 'sh',
      file: 'terminal',
      code: `# run in the page's folder, then open ${page}\nnpx serve -l ${portOf(page)} .`,
    },
    ...allowOnceServed(context, page),
  ];
}

/** The server's half of it. @param page the origin that the page has then */
export function allowOnceServed(context: FixContext, page: string): Fix[] {
  return withNote(
    enableCors({ ...context, page }),
    'for the page as it is without a sandbox, and served over http or https',
  );
}

/** A sandboxed frame: `allow-same-origin` gives it the origin of its address. */
export function liftSandbox(): Fix {
  return {
    id: 'iframe',
    stack: 'The embedding page',
    title: 'Add `allow-same-origin` to the frame’s `sandbox`',
    language: 'text',
    file: 'index.html',
    code: [
      '<!-- only for a frame whose content you trust -->',
      '<iframe sandbox="allow-scripts allow-same-origin" src="…"></iframe>',
    ].join('\n'),
  };
}
