/** A rule's Markdown page, and the two texts that a finding takes from it. */

export interface RulePage {
  title: string;
  /** Sections in order, without the title. */
  sections: { heading: string; text: string }[];
}

/** What goes into a finding; the rest of the page is for people who work on the rule. */
const FINDING_SECTIONS = ['What happened', 'How to fix'];

/** Splits a page into its title and sections. Throws when it has no `# ` line: a mistake in the rule, caught by its test. */
export function parsePage(markdown: string): RulePage {
  const title = /^# (.+)$/m.exec(markdown)?.[1];
  if (!title) throw new Error('the rule page has no "# " line');
  const sections = markdown
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      return { heading: heading.trim(), text: lines.join('\n').trim() };
    });
  return { title: title.trim(), sections };
}

export interface FilledPage {
  title: string;
  explanation: string;
}

/**
 * Fills the placeholders of the parts that a finding shows. Strict both ways, so that a page and its rule cannot drift apart:
 * throws when a placeholder has no value or a value no placeholder.
 */
export function fillPage(markdown: string, params: Readonly<Record<string, string>>): FilledPage {
  const page = parsePage(markdown);
  const shown = page.sections.filter((section) => FINDING_SECTIONS.includes(section.heading));
  const used = new Set<string>();
  const fill = (text: string) =>
    text.replace(/(`?)\{(\w+)\}(`?)/g, (_, before: string, name: string, after: string) => {
      const value = params[name];
      if (value === undefined) throw new Error(`the rule page uses {${name}}, which the rule does not give`);
      used.add(name);
      return before + (before && after ? asCode(value) : value) + after;
    });
  const filled = {
    title: fill(page.title),
    explanation: shown.map((section) => `## ${section.heading}\n\n${fill(section.text)}`).join('\n\n'),
  };
  const unused = Object.keys(params).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`the rule gives {${unused.join('}, {')}}, which its page does not use`);
  return filled;
}

/** A value off the wire must not end the code span that it stands in. */
function asCode(value: string): string {
  return value.replaceAll('`', "'").replace(/\s*[\r\n]+\s*/g, ' ');
}
