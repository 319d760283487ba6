import { useEffect, useId, useState } from 'react';
import type { ReportFinding } from '../../model/report.ts';
import { openingFix, sideOf } from '../../model/sides.ts';
import { copyText } from '../clipboard.ts';
import { visible } from '../format.ts';
import { type FixView, usePanel } from '../panel-context.ts';
import { Code, Difference } from './Code.tsx';
import { Icon } from './Icon.tsx';
import { InlineMarkdown } from './Markdown.tsx';
import { Tabs, type TabsProps } from './Tabs.tsx';

type Fix = ReportFinding['fixes'][number];

const TITLES = { fix: 'Fix', around: 'Cannot touch the server?' } as const;

/** What mends the fault, and beside it, where there is any, what goes around it. */
export function FixBox({ fixes }: { fixes: readonly Fix[] }) {
  const [selected, select] = useState<keyof typeof TITLES>('fix');
  const around = fixes.filter(({ workaround }) => workaround);
  const mending = fixes.filter(({ workaround }) => !workaround);
  if (around.length === 0 || mending.length === 0) return <FixChoice fixes={fixes} />;
  const tabs: TabsProps<keyof typeof TITLES>['tabs'] = [
    { id: 'fix', title: TITLES.fix, render: () => <FixChoice key="fix" fixes={mending} /> },
    { id: 'around', title: TITLES.around, render: () => <FixChoice key="around" fixes={around} word="Way around" /> },
  ];
  return (
    <div className="fix-tabs">
      <Tabs<keyof typeof TITLES> label="Ways to mend it" tabs={tabs} selected={selected} onSelect={select} />
    </div>
  );
}

/** The fix, ready to paste. With several, one a stack, it opens at the stack that was last looked at on the side of the first. */
function FixChoice({ fixes, word = 'Fix' }: { fixes: readonly Fix[]; word?: string }) {
  const { stacks, chooseStack, fixView, chooseFixView } = usePanel();
  const [chosen, setChosen] = useState<string | null>(null);
  const titleId = useId();
  const selectId = useId();
  // By its id: the order changes when another stack becomes likelier.
  const fix = fixes.find(({ id }) => id === chosen) ?? openingFix(fixes, stacks);
  if (!fix) return null;

  const choose = (next: string) => {
    setChosen(next);
    const fixThere = fixes.find(({ id }) => id === next);
    const side = fixThere ? sideOf(fixThere) : null;
    if (fixThere && side) chooseStack(side, fixThere.stack);
  };
  return (
    <div className="fix">
      <p className="fix-title">
        <span className="fix-word">{word}</span>
        <span id={titleId}>
          <InlineMarkdown text={fix.title} />
        </span>
      </p>
      <div className="fix-bar">
        {fixes.length > 1 && (
          <>
            <label htmlFor={selectId}>Stack</label>
            <select id={selectId} value={fix.id} onChange={(event) => choose(event.target.value)}>
              {fixes.map((each) => (
                <option key={each.id} value={each.id}>
                  {optionText(each, fixes)}
                </option>
              ))}
            </select>
          </>
        )}
        {fixes.length === 1 && <span className="quiet">{fix.stack}</span>}
        <span className="fix-file mono">{visible(fix.file)}</span>
        {fix.executed && (
          <span
            className="tested"
            title="This text, with other addresses and names in it, was run against a server with this fault, and cured it"
          >
            <Icon name="recovered" />
            tested
          </span>
        )}
        {fix.before !== undefined && <ViewSwitch />}
        <CopyButton
          key={fix.id}
          text={fix.code}
          describedBy={titleId}
          // Selected by hand, a difference would bring its removed lines along.
          onRefused={() => chooseFixView('code')}
        />
      </div>
      {fix.before !== undefined && fixView === 'difference' ? (
        <>
          <Difference before={fix.before} code={fix.code} language={fix.language} />
          <p className="fix-note quiet">Removed lines are read from what was sent: yours may be written otherwise.</p>
        </>
      ) : (
        <Code text={fix.code} language={fix.language} />
      )}
    </div>
  );
}

const VIEWS: Record<FixView, string> = { difference: 'Difference', code: 'Code' };

/** What the fix changes, or its code alone. */
function ViewSwitch() {
  const { fixView, chooseFixView } = usePanel();
  return (
    <fieldset className="fix-view" aria-label="Show the fix as">
      {(['difference', 'code'] as const).map((view) => (
        <button key={view} type="button" aria-pressed={view === fixView} onClick={() => chooseFixView(view)}>
          {VIEWS[view]}
        </button>
      ))}
    </fieldset>
  );
}

/** Two fixes for one stack are told apart by what they do. */
function optionText(fix: Fix, fixes: readonly Fix[]): string {
  const twins = fixes.filter((each) => each.stack === fix.stack);
  return twins.length === 1 ? fix.stack : `${fix.stack}: ${fix.title.replaceAll('`', '')}`;
}

const COPIED_FOR_MS = 2500;

interface CopyButtonProps {
  text: string;
  describedBy: string;
  onRefused: () => void;
}

function CopyButton({ text, describedBy, onRefused }: CopyButtonProps) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), COPIED_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => {
    copyText(text).then(
      () => setSaid('Copied'),
      () => {
        setSaid('The browser did not allow copying: select the text instead');
        onRefused();
      },
    );
  };
  return (
    <span className="copy">
      <span aria-live="polite" className="copied">
        {said}
      </span>
      <button type="button" className="button primary" aria-describedby={describedBy} onClick={copy}>
        <Icon name="copy" />
        Copy fix
      </button>
    </span>
  );
}
