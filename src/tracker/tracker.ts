/**
 * Bug trackers: what the user sets, and the address of the page where a tracker takes a new issue. Only an address is made here;
 * the browser opens it, and the user sends the form.
 */
import * as v from 'valibot';

export const TRACKER_KINDS = ['github', 'gitlab', 'jira', 'url'] as const;
export type TrackerKind = (typeof TRACKER_KINDS)[number];

/** As it was typed. */
export const trackerSchema = v.object({
  kind: v.picklist(TRACKER_KINDS),
  /** A project's name or address; the template where `kind` is `url`. */
  address: v.string(),
  /** Jira's number of the project. */
  project: v.string(),
  /** Jira's number of the type of issue. */
  issueType: v.string(),
});
export type Tracker = v.InferOutput<typeof trackerSchema>;

export interface Issue {
  title: string;
  body: string;
}

export interface IssuePage {
  url: string;
  /** Whether only the beginning of the body is in it. */
  cut: boolean;
}

interface Kind {
  name: string;
  /**
   * The longest address that the tracker takes, in characters of the encoded address.
   *
   * GitHub answers 414 above 8,191 bytes (https://github.com/github/docs/issues/5136); GitLab's nginx reads a request line of
   * 8 KiB (`large_client_header_buffers`); Jira's Tomcat has 8 KiB for the line and all headers, cookies included
   * (`maxHttpHeaderSize`). Of other trackers nothing is known: half of what most servers take.
   */
  limit: number;
  markup: 'markdown' | 'jira';
  /** The page without title and body as a function of both, or one sentence that says what is wrong. */
  page(tracker: Tracker): ((title: string, body: string) => string) | string;
}

export const TRACKERS: Record<TrackerKind, Kind> = {
  github: { name: 'GitHub', limit: 8000, markup: 'markdown', page: githubPage },
  gitlab: { name: 'GitLab', limit: 8000, markup: 'markdown', page: gitlabPage },
  jira: { name: 'Jira', limit: 6000, markup: 'jira', page: jiraPage },
  url: { name: 'Another tracker', limit: 4000, markup: 'markdown', page: templatePage },
};

/** One sentence that says what is wrong with what was typed; null when it can be used. */
export function trackerProblem(tracker: Tracker): string | null {
  const page = TRACKERS[tracker.kind].page(tracker);
  return typeof page === 'string' ? page : null;
}

/** The tracker's host, for words; empty while it cannot be used. */
export function trackerHost(tracker: Tracker): string {
  const page = TRACKERS[tracker.kind].page(tracker);
  return typeof page === 'string' ? '' : new URL(page('', '')).host;
}

/** Stands at the end of what was cut. */
const REST =
  'The report is longer than an address may be: all of it is on the clipboard. Paste it here, instead of this text.';
const MAX_TITLE = 200;

/** The address of the new issue; a body that does not fit is cut between two paragraphs. Throws when the tracker cannot be used. */
export function issuePage(tracker: Tracker, { title, body }: Issue): IssuePage {
  const { limit, page: pageOf } = TRACKERS[tracker.kind];
  const page = pageOf(tracker);
  if (typeof page === 'string') throw new Error(page);
  const name = shortTitle(title.replaceAll('`', ''));
  const whole = page(name, body);
  if (whole.length <= limit) return { url: whole, cut: false };
  const ends = endsOf(body);
  const fits = (end: number) => page(name, cutAt(body, end)).length <= limit;
  // The longer the part, the longer the address: so half of the candidates can be left out at a time.
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(ends[middle - 1] ?? 0)) low = middle;
    else high = middle - 1;
  }
  return { url: page(name, cutAt(body, ends[low - 1] ?? 0)), cut: true };
}

function cutAt(body: string, end: number): string {
  return `${body.slice(0, end)}${end > 0 ? '\n\n' : ''}${REST}\n`;
}

function shortTitle(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE)}…` : line;
}

/** Where a text can end: between paragraphs, and not within a block of code or what is folded. */
function endsOf(body: string): number[] {
  const ends: number[] = [];
  let fence: string | null = null;
  let folded = 0;
  let at = 0;
  for (const line of body.split('\n')) {
    const mark = /^(`{3,}|\{(?:noformat|code)\b[^}]*\})/.exec(line)?.[1] ?? null;
    if (fence === null && mark !== null) fence = mark;
    else if (fence !== null && line.trim() === fence) fence = null;
    if (fence === null) folded += (line.match(/<details>/g)?.length ?? 0) - (line.match(/<\/details>/g)?.length ?? 0);
    if (line === '' && fence === null && folded === 0 && at > 0) ends.push(at - 1);
    at += line.length + 1;
  }
  return ends;
}

const PROJECT = /^[\w.-]+(\/[\w.-]+)+$/;

function githubPage({ address }: Tracker) {
  const project = projectUrl(address, 'https://github.com', 'owner/repository');
  if (typeof project === 'string') return project;
  const parts = project.pathname.split('/').filter((part) => part !== '');
  const [owner = '', repository = ''] = parts;
  if (repository === '') return `Name the repository too, as in ${project.origin}/owner/repository.`;
  const base = `${project.origin}/${owner}/${repository.replace(/\.git$/, '')}/issues/new`;
  return (title: string, body: string) => `${base}?title=${encode(title)}&body=${encode(body)}`;
}

function gitlabPage({ address }: Tracker) {
  const project = projectUrl(address, 'https://gitlab.com', 'group/project');
  if (typeof project === 'string') return project;
  const path = project.pathname.replace(/\/-\/.*$/, '').replace(/(\.git)?\/*$/, '');
  if (path.split('/').length < 3) return `Name the project too, as in ${project.origin}/group/project.`;
  return (title: string, body: string) =>
    `${project.origin}${path}/-/issues/new?issue[title]=${encode(title)}&issue[description]=${encode(body)}`;
}

/** https://confluence.atlassian.com/jirakb/how-to-create-issues-using-direct-html-links-in-jira-server-159474.html */
function jiraPage({ address, project, issueType }: Tracker) {
  const base = webUrl(address.trim());
  if (base === null) return 'The address of Jira begins with https://, as in https://example.atlassian.net.';
  if (!/^\d+$/.test(project.trim())) return 'The project is a number: the pid in the address of its settings.';
  if (!/^\d+$/.test(issueType.trim())) return 'The issue type is a number, such as 1 for a bug in many Jiras.';
  const path = base.pathname.replace(/\/+$/, '');
  const page = `${base.origin}${path}/secure/CreateIssueDetails!init.jspa?pid=${project.trim()}&issuetype=${issueType.trim()}`;
  return (title: string, body: string) => `${page}&summary=${encode(title)}&description=${encode(body)}`;
}

function templatePage({ address }: Tracker) {
  const template = address.trim();
  if (!/\{(title|body)\}/.test(template))
    return 'Put {title} and {body} where the tracker takes them, as in ?subject={title}.';
  const fill = (title: string, body: string) =>
    template.replaceAll('{title}', () => encode(title)).replaceAll('{body}', () => encode(body));
  const url = webUrl(fill('t', 'b'));
  if (url === null) return 'The address begins with http:// or https://.';
  // The place that the texts go to is the tracker's, not the texts'.
  if (url.host !== webUrl(fill('x', 'y'))?.host)
    return '{title} and {body} stand behind the host, in the path or the query.';
  return fill;
}

/** A project's address, from its name at the usual host or from any page of it. */
function projectUrl(address: string, usualOrigin: string, example: string): URL | string {
  const text = address.trim();
  if (text === '') return `Name the project, as in ${example}, or give its address.`;
  if (PROJECT.test(text) && !/^[\w-]+\.[\w.-]+\/[^/]+\/./.test(text)) return new URL(`${usualOrigin}/${text}`);
  return webUrl(text) ?? `That is neither a project such as ${example} nor an address that begins with https://.`;
}

/** Null for what is no address of the web: `javascript:`, a file, words. A name and password in it would end up in every bug. */
function webUrl(text: string): URL | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username === '' && url.password === '' ? url : null;
}

/** Half of a surrogate pair, which a page may have written, cannot be encoded. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}
