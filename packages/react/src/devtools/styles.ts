/** Every rule begins with the devtools' own attribute, so none reaches the page around. */
export const styles: string = `
[data-fluo-devtools] {
  --bg: light-dark(oklch(99% 0.002 260), oklch(19% 0.012 260));
  --surface: light-dark(oklch(97% 0.004 260), oklch(23% 0.014 260));
  --raised: light-dark(oklch(93.5% 0.01 260), oklch(30% 0.018 260));
  --line: light-dark(oklch(89% 0.008 260), oklch(34% 0.016 260));
  --text: light-dark(oklch(24% 0.02 260), oklch(94% 0.006 260));
  --muted: light-dark(oklch(46% 0.02 260), oklch(74% 0.014 260));
  --accent: light-dark(oklch(50% 0.19 265), oklch(74% 0.13 265));
  --warn: light-dark(oklch(48% 0.11 70), oklch(81% 0.11 80));
  --bad: light-dark(oklch(48% 0.17 27), oklch(77% 0.12 25));
  --good: light-dark(oklch(46% 0.11 155), oklch(78% 0.12 155));
  --tool: light-dark(oklch(48% 0.15 320), oklch(78% 0.12 320));
  container-type: inline-size;
  display: flex;
  flex-direction: column;
  box-sizing: border-box;
  height: 100%;
  min-height: 16rem;
  overflow: hidden;
  background: var(--bg);
  color: var(--text);
  font: 13px/1.5 system-ui, sans-serif;
  font-variant-numeric: tabular-nums;
  text-align: start;
}
[data-fluo-devtools][data-theme='light'] { color-scheme: light; }
[data-fluo-devtools][data-theme='dark'] { color-scheme: dark; }
[data-fluo-devtools] :where(*) { box-sizing: border-box; }
[data-fluo-devtools] :where(h3, p, table, span, small, strong, code, em) { margin: 0; padding: 0; font: inherit; letter-spacing: normal; }
[data-fluo-devtools] :focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
[data-fluo-devtools] :where(code, td:nth-child(2)) { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: 12px; }
[data-fluo-devtools] [data-fluo-bar] {
  display: flex; flex: none; flex-wrap: wrap; align-items: center; gap: 6px 8px; padding: 6px 12px; border-block-end: 1px solid var(--line);
}
[data-fluo-devtools] fieldset[data-fluo-bar] { margin: 0; border: 0; border-block-start: 1px solid var(--line); }
[data-fluo-devtools] [data-fluo-bar] > label { display: flex; align-items: center; gap: 6px; margin: 0 auto 0 0; min-height: 28px; cursor: pointer; }
[data-fluo-devtools] [data-fluo-bar] > :is(span, output) { color: var(--muted); }
[data-fluo-devtools] input[type='checkbox'] {
  appearance: none; flex: none; width: 30px; height: 18px; margin: 0; padding: 0; border: 1px solid var(--muted); border-radius: 9px;
  background: radial-gradient(circle at 8px 50%, var(--muted) 5px, transparent 5.5px) var(--surface); cursor: pointer;
}
[data-fluo-devtools] input[type='checkbox']:checked {
  border-color: var(--accent); background: radial-gradient(circle at 20px 50%, var(--bg) 5px, transparent 5.5px) var(--accent);
}
[data-fluo-devtools] input[type='checkbox']:focus-visible { outline-offset: 2px; }
[data-fluo-devtools] button {
  min-height: 28px; margin: 0; padding: 0 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--surface);
  color: inherit; font: inherit; white-space: nowrap; cursor: pointer;
}
[data-fluo-devtools] button:hover { background: var(--raised); }
[data-fluo-devtools] button:disabled { color: var(--muted); cursor: default; background: none; }
[data-fluo-devtools] [data-fluo-empty] { padding: 24px 16px; color: var(--muted); text-align: center; }
[data-fluo-devtools] [data-fluo-columns] { display: grid; flex: 1; grid-template: minmax(0, 1fr) / 11rem minmax(0, 1fr); min-height: 0; }
[data-fluo-devtools] [data-fluo-runs] { min-width: 0; margin: 0; padding: 0; overflow-y: auto; border: 0; border-inline-end: 1px solid var(--line); background: var(--surface); }
[data-fluo-devtools] legend { position: absolute; width: 1px; height: 1px; margin: 0; padding: 0; overflow: hidden; clip-path: inset(50%); }
[data-fluo-devtools] input[type='radio'] { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
[data-fluo-devtools] [data-fluo-runs] label {
  position: relative; display: grid; grid-template-columns: 1fr auto; gap: 0 8px; margin: 0; padding: 6px 12px; border-block-end: 1px solid var(--line); cursor: pointer;
}
[data-fluo-devtools] [data-fluo-runs] label:hover { background: var(--raised); }
[data-fluo-devtools] [data-fluo-runs] label:has(:checked) { background: var(--raised); box-shadow: inset 3px 0 var(--accent); }
[data-fluo-devtools] [data-fluo-runs] label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: -2px; }
[data-fluo-devtools] :where(label strong, h3) { font-weight: 600; }
[data-fluo-devtools] label small { grid-column: 1 / -1; color: var(--muted); font-size: 12px; }
[data-fluo-devtools] [data-fluo-run] { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
[data-fluo-devtools] [data-fluo-facts] { display: flex; flex: none; flex-wrap: wrap; align-items: baseline; gap: 0 12px; padding: 8px 12px 4px; color: var(--muted); }
[data-fluo-devtools] h3 { color: var(--text); }
[data-fluo-devtools] [data-fluo-facts] :is(code, em) { flex-basis: 100%; overflow-wrap: anywhere; }
[data-fluo-devtools] [data-fluo-facts] em { color: var(--warn); font-style: normal; }
[data-fluo-devtools] [data-fluo-end] { color: var(--muted); }
[data-fluo-devtools] [data-fluo-end='done'] { color: var(--good); }
[data-fluo-devtools] [data-fluo-end='open'] { color: var(--accent); }
[data-fluo-devtools] :is([data-fluo-end='interrupted'], [data-fluo-end='unknown']) { color: var(--warn); }
[data-fluo-devtools] [data-fluo-end='failed'] { color: var(--bad); }
[data-fluo-devtools] [data-fluo-picture] {
  display: grid; flex: none; grid-template-columns: auto minmax(0, 1fr); gap: 2px 8px; padding: 4px 12px 6px; border-block-end: 1px solid var(--line);
}
[data-fluo-devtools] [data-fluo-lanes] { display: grid; grid-template-rows: repeat(3, 24px); align-items: center; color: var(--muted); font-size: 12px; }
[data-fluo-devtools] svg { display: block; width: 100%; height: 72px; border-radius: 4px; background: var(--surface); }
[data-fluo-devtools] path { fill: none; stroke: var(--muted); stroke-width: 2px; vector-effect: non-scaling-stroke; }
[data-fluo-devtools] path[data-fluo-line] { stroke: var(--line); stroke-width: 1px; }
[data-fluo-devtools] path[data-fluo-kind='message_delta'] { stroke: var(--accent); }
[data-fluo-devtools] path[data-fluo-kind='message_final'] { stroke: var(--good); }
[data-fluo-devtools] path:is([data-fluo-kind='tool_start'], [data-fluo-kind='tool_end']) { stroke: var(--tool); }
[data-fluo-devtools] path[data-fluo-kind='error'] { stroke: var(--bad); }
[data-fluo-devtools] path[data-fluo-kind='unknown'] { stroke: var(--warn); }
[data-fluo-devtools] path[data-fluo-kind='commit'] { stroke: var(--text); stroke-width: 1px; opacity: 0.7; }
[data-fluo-devtools] rect { fill: var(--line); }
[data-fluo-devtools] rect[data-fluo-status='submitted'] { fill: color-mix(in oklab, var(--accent) 35%, var(--surface)); }
[data-fluo-devtools] rect[data-fluo-status='streaming'] { fill: color-mix(in oklab, var(--accent) 75%, var(--surface)); }
[data-fluo-devtools] rect:is([data-fluo-activity='slow'], [data-fluo-activity='resuming'], [data-fluo-activity='waiting']) { fill: var(--warn); }
[data-fluo-devtools] rect[data-fluo-status='error'] { fill: var(--bad); }
[data-fluo-devtools] [data-fluo-axis] { display: flex; grid-column: 2; justify-content: space-between; color: var(--muted); font-size: 11px; }
[data-fluo-devtools] [data-fluo-rows] { flex: 1; min-height: 6rem; overflow: auto; }
[data-fluo-devtools] table { width: 100%; min-width: 26rem; border: 0; border-spacing: 0; table-layout: fixed; }
[data-fluo-devtools] :is(th, td) {
  height: 26px; margin: 0; padding: 0 4px 0 12px; overflow: hidden; border: 0; background: none; color: inherit; font-weight: 400; text-align: start;
  text-overflow: ellipsis; white-space: nowrap; line-height: 26px;
}
[data-fluo-devtools] th { position: sticky; z-index: 1; inset-block-start: 0; background: var(--bg); box-shadow: inset 0 -1px var(--line); color: var(--muted); font-size: 12px; }
[data-fluo-devtools] th:nth-child(1) { width: 5.5rem; }
[data-fluo-devtools] th:nth-child(2) { width: 8.5rem; }
[data-fluo-devtools] :is(th, td):nth-child(1) { text-align: end; color: var(--muted); }
[data-fluo-devtools] td:nth-child(3) { white-space: pre; }
[data-fluo-devtools] tbody tr:nth-child(odd) { background: none; }
[data-fluo-devtools] tbody tr:hover { background: var(--surface); }
[data-fluo-devtools] tr:is([data-fluo-kind='commit'], [data-fluo-kind='state']) > td { color: var(--muted); }
[data-fluo-devtools] tr[data-fluo-kind='message_delta'] > td:nth-child(2) { color: var(--accent); }
[data-fluo-devtools] tr[data-fluo-kind='message_final'] > td:nth-child(2) { color: var(--good); }
[data-fluo-devtools] tr:is([data-fluo-kind='tool_start'], [data-fluo-kind='tool_end']) > td:nth-child(2) { color: var(--tool); }
[data-fluo-devtools] tr[data-fluo-kind='error'] > td { color: var(--bad); }
[data-fluo-devtools] tr[data-fluo-kind='end'] > td { font-weight: 600; }
@container (max-width: 36rem) {
  [data-fluo-devtools] [data-fluo-columns] { grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); }
  [data-fluo-devtools] table { min-width: 24rem; }
  [data-fluo-devtools] th:nth-child(1) { width: 4.75rem; }
  [data-fluo-devtools] th:nth-child(2) { width: 7.75rem; }
  [data-fluo-devtools] [data-fluo-runs] { max-height: 7.5rem; border-inline-end: 0; border-block-end: 1px solid var(--line); }
}
@media (forced-colors: active) {
  [data-fluo-devtools] path { stroke: CanvasText; }
  [data-fluo-devtools] rect { fill: CanvasText; stroke: Canvas; }
  [data-fluo-devtools] [data-fluo-runs] label:has(:checked) { outline: 2px solid Highlight; outline-offset: -2px; }
  [data-fluo-devtools] input[type='checkbox'] { appearance: auto; width: auto; }
}
`
