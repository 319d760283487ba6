import type { Report } from '../model/report.ts';
import { writeHtml } from './html/write-html.ts';
import { writeJira } from './jira/write-jira.ts';
import { writeMarkdown } from './markdown/write-markdown.ts';
import { writeHar } from './write-har.ts';
import { writeText } from './write-text.ts';

interface Writer {
  extension: string;
  mimeType: string;
  write(report: Report): string;
}

/** Every form that a report is written in, by the name that the command line and the panel's messages give it. */
export const WRITERS = {
  text: { extension: 'txt', mimeType: 'text/plain', write: writeText },
  json: { extension: 'json', mimeType: 'application/json', write: (report) => `${JSON.stringify(report, null, 2)}\n` },
  markdown: { extension: 'md', mimeType: 'text/markdown', write: writeMarkdown },
  jira: { extension: 'jira.txt', mimeType: 'text/plain', write: writeJira },
  html: { extension: 'html', mimeType: 'text/html', write: writeHtml },
  har: { extension: 'har', mimeType: 'application/json', write: writeHar },
} satisfies Record<string, Writer>;

export type ReportFormat = keyof typeof WRITERS;
