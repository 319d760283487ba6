import { REPORT_ELEMENT_ID } from './write-html.ts';

const ELEMENT = new RegExp(`<script\\b[^>]*\\bid=["']?${REPORT_ELEMENT_ID}["']?[^>]*>([^<]*)</script>`, 'i');

/** Whether a file's text is HTML, and no JSON. */
export function isHtml(text: string): boolean {
  return /^\uFEFF?\s*</.test(text);
}

/** The JSON of the report that an HTML file carries; null when it carries none. */
export function jsonInHtml(text: string): string | null {
  return ELEMENT.exec(text)?.[1] ?? null;
}
