/** The report's only style sheet. Text on its background has a contrast of at least 4.5 in both themes. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --bg: #fff; --card: #fff; --inset: #f6f8fb; --border: #d8dee8; --text: #1f1f1f; --quiet: #575d66;
  --error: #b3261e; --error-bg: #fdf1f0; --warning: #8a5000; --warning-bg: #fff7e6;
  --ok: #146c2e; --ok-bg: #eef8f0; --info: #0b57d0; --info-bg: #eff4fe;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #1b1c1f; --card: #242529; --inset: #17181a; --border: #3f4247; --text: #e6e6e6; --quiet: #b4bac3;
    --error: #ff9d96; --error-bg: #35201f; --warning: #f8c168; --warning-bg: #332a1a;
    --ok: #79d98f; --ok-bg: #1b2e20; --info: #a8c7fa; --info-bg: #1f2a3d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 62rem; padding: 1.5rem 1.25rem 3rem; background: var(--bg); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere;
}
h1, h2, h3, h4 { line-height: 1.3; margin: 0 0 .5rem; }
h1 { font-size: 1.6rem; font-weight: 650; }
h2 { font-size: 1.2rem; margin-top: 2.25rem; padding-bottom: .3rem; border-bottom: 1px solid var(--border); }
h3 { font-size: 1.05rem; margin-top: 1.25rem; }
h4 { font-size: .95rem; margin-top: 1rem; }
p, ul, ol, dl, pre { margin: 0 0 .75rem; }
code, pre, .url { font-family: ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace; font-size: .9em; }
h1 code, h2 code, h3 code { font-size: .94em; }
:not(pre, h1, h2, h3) > code { background: var(--inset); border-radius: 3px; padding: .05em .3em; }
pre { background: var(--inset); border: 1px solid var(--border); border-radius: 5px; padding: .75rem; white-space: pre-wrap; line-height: 1.45; }
pre code { font-size: .93em; }
a { color: var(--info); }
.difference del, .difference ins { display: block; text-decoration: none; }
.difference del { background: var(--error-bg); color: var(--error); }
.difference ins { background: var(--ok-bg); color: var(--ok); font-weight: 600; }
.quiet { color: var(--quiet); font-size: .92em; }
header { border-left: 5px solid var(--tone, var(--border)); padding: .1rem 0 .1rem 1rem; }
header p { margin: 0 0 .35rem; }
header .kind { color: var(--quiet); }
.is-failing, .is-error { --tone: var(--error); --tone-bg: var(--error-bg); }
.is-degraded, .is-warning { --tone: var(--warning); --tone-bg: var(--warning-bg); }
.is-recovered, .is-healthy { --tone: var(--ok); --tone-bg: var(--ok-bg); }
.is-info { --tone: var(--info); --tone-bg: var(--info-bg); }
.status, .severity { color: var(--tone, var(--quiet)); background: var(--tone-bg, var(--inset)); border-radius: 4px; padding: .1rem .5rem; font-weight: 600; font-size: .85rem; white-space: nowrap; }
h2 .status { vertical-align: 1px; text-transform: capitalize; }
.notes p { white-space: pre-wrap; }
.finding { border: 1px solid var(--border); border-left: 4px solid var(--tone); border-radius: 6px; background: var(--card); padding: 1rem 1.1rem .4rem; margin: 1rem 0; }
.finding > h3 { margin-top: 0; }
.finding.resolved { border-left-color: var(--ok); }
.marks { display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: baseline; color: var(--quiet); font-size: .92em; }
.fix { border-top: 1px solid var(--border); padding-top: .75rem; }
.fix-title { margin-bottom: .25rem; }
.fix + details, details { margin-bottom: .75rem; }
summary { cursor: pointer; }
details > summary + * { margin-top: .5rem; }
.consequences { border-top: 1px solid var(--border); padding-top: .25rem; margin-top: 1rem; }
.consequence { border-left: 3px solid var(--tone); padding-left: .75rem; margin-bottom: .6rem; }
.wide { overflow-x: auto; margin-bottom: .9rem; }
table { border-collapse: collapse; width: 100%; font-size: .92em; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border: 1px solid var(--border); }
th { font-weight: 600; }
thead th { background: var(--inset); }
.evidence th:first-child { width: 32%; }
.evidence .expected code { background: var(--ok-bg); }
.evidence .actual code { background: var(--error-bg); }
.requests td, .requests th { overflow-wrap: break-word; }
.requests .url { overflow-wrap: anywhere; }
.evidence th .quiet { font-weight: 400; }
.requests .time { white-space: nowrap; }
.requests .refused td:nth-child(3) { color: var(--error); }
tr:target { outline: 2px solid var(--info); outline-offset: -2px; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1.25rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
.steps { padding-left: 0; list-style: none; counter-reset: step; }
.steps li { display: grid; grid-template-columns: 1.8rem 6.2rem 5.5rem minmax(0, 1fr); gap: .5rem; padding: .15rem .4rem; border-radius: 4px; counter-increment: step; }
.steps li::before { content: counter(step) "."; color: var(--quiet); text-align: right; }
.steps .is-failed { background: var(--error-bg); }
.steps .is-failed .outcome { color: var(--error); font-weight: 600; }
.steps .is-ok .outcome { color: var(--ok); }
.steps .offset { color: var(--quiet); white-space: nowrap; }
.sequence { display: block; width: 100%; max-width: 760px; height: auto; margin: .25rem 0 1rem; font-size: 12px; }
.sequence text { fill: var(--text); }
.message text { paint-order: stroke; stroke: var(--bg); stroke-width: 4px; }
.lifeline { stroke: var(--border); stroke-width: 1.5; }
.lane { fill: var(--inset); stroke: var(--border); }
.lane-name { font-weight: 600; font-size: 12.5px; }
.line { stroke: var(--text); stroke-width: 1.4; }
.line.dashed, .is-pending .line { stroke-dasharray: 5 4; }
.head { fill: var(--text); }
.badge { fill: var(--inset); stroke: var(--border); }
.message .badge-text { font-size: 11px; fill: var(--quiet); stroke: none; }
.note-box { fill: var(--inset); stroke: var(--border); }
.note text { stroke: none; }
.band { fill: var(--error-bg); }
.is-failed .line, .is-failed .cross { stroke: var(--error); }
.is-failed .line { stroke-width: 2; }
.cross { fill: none; stroke-width: 2.6; stroke-linecap: round; }
.message.is-failed text { fill: var(--error); stroke: var(--error-bg); font-weight: 600; }
.message.is-failed .note-box { fill: none; stroke: none; }
@media (max-width: 40rem) {
  .steps li { grid-template-columns: 1.8rem 6.2rem minmax(0, 1fr); }
  .steps .offset { display: none; }
  dl { grid-template-columns: minmax(0, 1fr); }
}
@page { margin: 15mm; }
@media print {
  :root {
    color-scheme: light;
    --bg: #fff; --card: #fff; --inset: #f6f8fb; --border: #c4cad4; --text: #000; --quiet: #444;
    --error: #b3261e; --error-bg: #fdf1f0; --warning: #8a5000; --warning-bg: #fff7e6;
    --ok: #146c2e; --ok-bg: #eef8f0; --info: #0b57d0; --info-bg: #eff4fe;
  }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  a { color: inherit; text-decoration: none; }
  h2, h3, h4, summary { break-after: avoid; }
  tr, .sequence, .steps li, .fix pre { break-inside: avoid; }
  .wide { overflow: visible; }
  details::details-content { content-visibility: visible; display: block; }
  .status, .severity, .band, thead th, pre, code, del, ins { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** SHA-256 of `STYLE` in base64, by which the report's policy permits it. Its test says what it has to be. */
export const STYLE_HASH = 'TGQ35MovoxyseiKqxbaXVB7bt6j0rxS3DO2NR3gkGMc=';
