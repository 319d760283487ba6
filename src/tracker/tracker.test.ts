import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issuePage, TRACKERS, type Tracker, type TrackerKind, trackerProblem } from './tracker.ts';

const tracker = (kind: TrackerKind, address: string, more: Partial<Tracker> = {}): Tracker => ({
  kind,
  address,
  project: '',
  issueType: '',
  ...more,
});
const ISSUE = { title: 'It `fails` & more', body: 'one\n\ntwo #3' };
const JIRA = tracker('jira', 'https://jira.example/jira/', { project: '10020', issueType: '1' });
const USABLE = [
  tracker('github', 'owner/repo'),
  tracker('gitlab', 'https://git.example/group/sub/project'),
  JIRA,
  tracker('url', 'https://bugs.example/new?t={title}&b={body}'),
];

describe('issuePage', () => {
  it.each([
    ['github', 'owner/repo', 'https://github.com/owner/repo/issues/new'],
    ['github', 'https://github.com/owner/repo.git', 'https://github.com/owner/repo/issues/new'],
    ['github', 'https://git.corp.example/owner/repo/issues?q=x', 'https://git.corp.example/owner/repo/issues/new'],
    ['gitlab', 'group/project', 'https://gitlab.com/group/project/-/issues/new'],
    ['gitlab', 'group/sub/project', 'https://gitlab.com/group/sub/project/-/issues/new'],
    ['gitlab', 'http://git.corp:8080/a/b/c/-/issues', 'http://git.corp:8080/a/b/c/-/issues/new'],
  ] as const)('%s: %s', (kind, address, expected) => {
    const { url, cut } = issuePage(tracker(kind, address), ISSUE);
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe(expected);
    const names = kind === 'github' ? ['title', 'body'] : ['issue[title]', 'issue[description]'];
    expect([...searchParams]).toEqual([
      [names[0], 'It fails & more'],
      [names[1], ISSUE.body],
    ]);
    expect(cut).toBe(false);
  });

  it('jira', () => {
    const { pathname, searchParams } = new URL(issuePage(JIRA, ISSUE).url);
    expect(pathname).toBe('/jira/secure/CreateIssueDetails!init.jspa');
    expect(Object.fromEntries(searchParams)).toEqual({
      pid: '10020',
      issuetype: '1',
      summary: 'It fails & more',
      description: ISSUE.body,
    });
  });

  it('any other', () => {
    const { url } = issuePage(tracker('url', 'https://bugs.example/{title}/new#b={body}'), {
      title: '{body}$&',
      body: 'x/y',
    });
    expect(url).toBe('https://bugs.example/%7Bbody%7D%24%26/new#b=x%2Fy');
  });

  it.each(USABLE)('never makes an address longer than $kind takes, and says where the rest is', (usable) => {
    const paragraph = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(
        fc.array(paragraph, { maxLength: 80 }),
        fc.string({ unit: 'binary', maxLength: 400 }),
        (body, title) => {
          const { url, cut } = issuePage(usable, { title, body: body.join('\n\n') });
          expect(url.length).toBeLessThanOrEqual(TRACKERS[usable.kind].limit);
          expect(URL.canParse(url)).toBe(true);
          expect(decodeURIComponent(url).includes('on the clipboard')).toBe(cut);
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });

  it('cuts between paragraphs, never within code or what is folded', () => {
    const code = `\`\`\`js\n${'let a;\n\n'.repeat(30)}\`\`\``;
    const details = `<details><summary>x</summary>\n\n${'| a |\n\n'.repeat(30)}</details>`;
    const body = ['# Head', ...Array.from({ length: 30 }, () => `${code}\n\nwords\n\n${details}`)].join('\n\n');
    const { url, cut } = issuePage(tracker('github', 'o/r'), { title: 't', body });
    const written = new URL(url).searchParams.get('body') ?? '';
    expect(cut).toBe(true);
    expect(written.startsWith('# Head')).toBe(true);
    expect(written.length).toBeGreaterThan(1500);
    expect((written.match(/^```/gm)?.length ?? 1) % 2).toBe(0);
    expect(written.match(/<details>/g)?.length).toBe(written.match(/<\/details>/g)?.length);
    expect(body.startsWith(written.slice(0, written.lastIndexOf('\n\nThe report is longer')))).toBe(true);
  });
});

describe('trackerProblem', () => {
  it.each(USABLE)('$kind: none', (usable) => expect(trackerProblem(usable)).toBeNull());

  it.each([
    tracker('github', ''),
    tracker('github', 'repo'),
    tracker('github', 'javascript:alert(1)//a/b'),
    tracker('github', 'https://github.com/owner'),
    tracker('github', 'https://me:secret@github.com/owner/repo'),
    tracker('github', 'git.corp.example/owner/repo'),
    tracker('gitlab', 'https://gitlab.com/project'),
    tracker('jira', 'jira.example', { project: '1', issueType: '1' }),
    tracker('jira', 'https://jira.example', { project: 'SHOP', issueType: '1' }),
    tracker('jira', 'https://jira.example', { project: '1' }),
    tracker('url', 'https://bugs.example/new'),
    tracker('url', 'javascript:alert({title})'),
    tracker('url', 'file:///tmp/{title}'),
    tracker('url', 'https://{title}.example/{body}'),
  ])('$kind, $address: one sentence', (unusable) => {
    expect(trackerProblem(unusable)).toMatch(/^[A-Z{][^.].*\.$/);
    expect(() => issuePage(unusable, ISSUE)).toThrow();
  });
});
