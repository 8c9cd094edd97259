import { runScenarios } from '../scenarios.ts'
import type { Results } from '../results.ts'
import { median } from '../statistics.ts'
import { decimal } from './format.ts'
import { comparisonTable, losses } from './findings.ts'
import { goalTable } from './goals.ts'
import { scenarioTable, titleOf } from './scenario-table.ts'

const order = ['A', 'B', 'C', 'D', 'E', 'P', 'F']

/** The page docs/performance.md. Everything in it comes from one run of the bench. */
export function performancePage(results: Results): string {
  const { machine, versions, samples, floor } = results
  const runs = 1 + Math.max(...samples.map(({ run }) => run))
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `# Performance

<!-- Written by \`npx pnpm@12 bench --write\`. Not edited by hand. -->

The same answer, streamed over real HTTP into a real Chromium, shown by Fluokit and by what one would use instead: each speaks
its own protocol, in the smallest page that its documentation leads to, in React's production build. What is below was measured in
one run of

\`\`\`sh
npx pnpm@12 bench --write
\`\`\`

which packs Fluokit's packages, installs the tarballs and the peers by the lockfile of [apps/bench](../apps/bench), and takes
three quarters of an hour. \`--only=C,E\`, \`--peers=fluokit,ai-sdk\`, \`--runs=3\` and \`--json=file\` make it shorter or keep every single
figure; \`--trace=folder\` writes traces and CPU profiles; \`--check\` runs its own tests.

![Bars: main thread time of each peer in each scenario as a ratio, and bytes](pictures/performance.svg)

## What it comes to
${warningOf(results)}
${comparisonTable(results)}

What Fluokit is to reach, and what it does:

${goalTable(results)}

What one would use instead is ahead, by a tenth or more, in:

${losses(results)
  .map((line) => `- ${line}`)
  .join('\n')}

A and B swing with the number of frames that fall into a turn: their cost is better judged by C and E, and they by counts and the
longest task.

## What was measured

- **One server** on this machine's loopback serves every protocol: the AI SDK's UI message stream (assistant-ui speaks it as well),
  the LangGraph agent protocol, TanStack AI's AG-UI events, and bare \`data:\` lines for the hand-written loop and the plain DOM
  pages. Fluokit's page talks to the **real relay** (\`createRelay\` of the packed package) in front of an upstream that speaks Fluo's
  contract: what the relay takes is in Fluokit's wall time and lag, and in nobody else's.
- **The text** is the same for everyone: four UTF-16 units a delta on average, lines of about 360 units and short ones (except in P), some
  characters outside Latin-1. Earlier messages are in the page's hands in the way each documentation gives (LangChain's page fetches them
  from the thread's state, as it must).
- **Two limits** show what no library can beat: plain DOM code that appends to one text node once a frame, and the same with a
  \`<div>\` for each line. Opening (D) has a third: plain DOM code that makes exactly the tree that Fluokit's page shows.
- **Each figure** is the median of ${runs} runs. In each run the peers take turns, another one first each time, each in a fresh browser;
  ratios are taken inside a run. A run counts only if, at its end, every message in the DOM equals what was sent to the
  character; others are shown as failed. A peer that does not finish within its limit (${limits()}) is not waited for again.
- *main thread* is Chromium's \`TaskDuration\` in thread time, from the question to the frame that shows the last character: other processes
  do not count. The harness itself takes ${decimal(floor)} ms of it a second, in every row: it looks at the end of the last message once a frame,
  after paint, and keeps the page at its end. *longest task* is by the browser's long task observer, which begins at 50 ms.
  *lag* goes from the server's write of a delta to the first frame that shows it whole. *commits* are React's, from its devtools hook.
  *settled rows rendered* counts renders of messages that stood there before the question. *heap* is after a forced collection, less before.
- **Choices that favour a peer** were made that way: assistant-ui without its smoothing, which shows text about 0.3 s late on purpose, and
  without its scrolling viewport; nobody renders Markdown.

Machine: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Chromium ${machine.chromium} headless, 60 frames a second; Node ${machine.node};
${machine.date}. ${quietOf(results)}

Versions: ${named.join(', ')}.

${order
  .filter((name) => name === 'F' || samples.some(({ scenario }) => scenario === name))
  .map(
    (name) => `## ${name}: ${titleOf(name)}\n\n${scenarioTable(results, name)}\n\n${noteOf(name)}`,
  )
  .join('\n\n')}
`
}

/** Said where other programs had most of the machine. */
function warningOf({ samples }: Results): string {
  if (median(samples.map(({ busy }) => busy)) <= 0.3) return ''
  return `
**The machine was busy with other programs while this was measured.** Time to the last character, longest tasks, gaps and lags are
then worse than on a quiet machine, for everyone and by chance; main thread time and its ratios suffer less. Run it again on a
quiet one before relying on any of the former.
`
}

function quietOf({ samples, loads }: Results): string {
  const busy = samples.map((sample) => sample.busy)
  const share = (value: number): string => `${decimal(value * 100)}%`
  const some = busy.filter((value) => value > 0.3).length
  return `Just before a measurement other programs took ${share(median(busy))} of the processors in the median, and more than 30% before ${some}
of the ${samples.length}; the load average was ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}, with what the bench itself takes.`
}

function limits(): string {
  const seconds = runScenarios.map(({ name, limitMs }) => `${name} ${limitMs / 1_000} s`)
  return seconds.join(', ')
}

function noteOf(name: string): string {
  switch (name) {
    case 'P':
      return 'A paragraph that never ends is laid out again with every frame, whoever shows it. It is no goal of ours, and told for those whose agents write such text.'
    case 'D':
      return 'Messages are in memory when the thread is opened. The virtual list renders what is near the view, in a log that scrolls: its row ends with the frame after which nothing more comes, and its text is checked where it stands.'
    case 'F':
      return "Bundled by Vite, without react and react-dom. The page measured includes the bench's own few lines, as the rows of the hand-written loop and plain DOM show them."
    default:
      return ''
  }
}
