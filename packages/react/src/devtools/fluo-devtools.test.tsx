import { act, fireEvent, render, screen } from '@testing-library/react'
import { Profiler, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, settled } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { FluoProvider } from '../index.ts'
import { FluoDevtools, fluoDevtoolsPlugin, record } from './index.ts'

function setup() {
  const hand = handDriven()
  const client = clientOf({ transport: hand.transport })
  const thread = client.thread({ agentId: 'agent-secret', threadKey: 'key-secret' })
  const ask = async (question = 'Where does Jonas live?') => {
    act(() => void thread.send(question))
    await settled()
  }
  return { ...hand, client, thread, ask }
}

const frame = () => act(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))))
const shown = () => document.querySelector('[data-fluo-devtools]')?.outerHTML ?? ''
const rows = () =>
  [...document.querySelectorAll('tbody tr')].map(({ children }) =>
    [...children].slice(1).map((cell) => cell.textContent),
  )

describe('FluoDevtools', () => {
  it('shows the events, commits, states and the end of a run', async () => {
    const { client, ask, newest } = setup()
    render(<FluoDevtools client={client} />)
    expect(screen.getByText(/No run yet/)).toBeTruthy()
    await ask()
    await newest().emit({ type: 'run_start', threadRef: 'reference-secret' })
    await newest().emit(delta('Jonas '), delta('lives\n'), delta('here.'))
    await newest().emit(final('Jonas lives\nhere.'))
    await newest().end()
    await frame()

    expect(rows()).toEqual([
      ['state', 'submitted · connecting'],
      ['state', 'streaming · open'],
      ['run_start', 'reference 1'],
      ['message_delta', '3 deltas, 17 chars  Xxxxx xxxxx↵xxxx.'],
      ['commit', '4 events in: 1 message, 1 part, 2 chunks'],
      ['message_final', '17 chars  Xxxxx xxxxx↵xxxx.'],
      ['commit', '1 event in: 1 message, 1 part, 2 chunks'],
      ['state', 'ready · idle'],
      ['end', 'done'],
    ])
    expect(screen.getByRole('img').getAttribute('aria-label')).toMatch(/^9 entries over /)
  })

  it('shows neither text nor IDs until they are asked for, and a reference never (T09)', async () => {
    const { client, ask, newest, thread } = setup()
    render(<FluoDevtools client={client} />)
    await ask()
    const { runId } = newest().request
    await newest().emit({ type: 'run_start', threadRef: 'reference-secret' })
    await newest().emit(delta('Jonas told reference-secret.'))
    await newest().emit(
      { type: 'tool_start', callId: 'call-secret', name: 'look_up', input: { name: 'Jonas' } },
      { type: 'unknown', event: 'usage', raw: '{"thread":"reference-secret"}' },
    )
    await newest().fail({ code: 'upstream', detail: 'Jonas failed', requestId: 'request-secret' })
    await frame()
    expect(shown()).toContain('look_up  call_1  {"xxxx":"Xxxxx"}')
    expect(shown()).not.toMatch(/secret|Jonas/)
    const toggle = screen.getByRole('checkbox', { name: 'Show text and IDs' })

    fireEvent.click(toggle)

    expect(thread.threadRef).toBe('reference-secret')
    expect(shown()).toContain('Jonas told reference 1.')
    expect(shown()).toContain('usage  {"thread":"reference 1"}')
    expect(shown()).toContain('look_up  call-secret  {"name":"Jonas"}')
    expect(shown()).toContain(`agent-secret / key-secret / ${runId}`)
    expect(shown()).not.toMatch(/reference-secret|request-secret/)

    fireEvent.click(toggle)
    expect(shown()).not.toMatch(/secret|Jonas/)
  })

  it('cuts no reference in two before it has hidden it', async () => {
    const { client, ask, newest } = setup()
    render(<FluoDevtools client={client} />)
    await ask()
    await newest().emit({ type: 'run_start', threadRef: 'reference-secret' })
    await newest().emit(delta(`${'a'.repeat(230)}reference-secret and more`))
    await frame()
    fireEvent.click(screen.getByRole('checkbox'))

    expect(rows().at(-2)?.[1]).toMatch(/ a{230}reference …$/)
    expect(shown()).not.toContain('reference-')
  })

  it('watches its client while it is mounted, and nobody otherwise', async () => {
    const { client, ask, newest } = setup()
    const ends: ReturnType<typeof vi.fn>[] = []
    const watch = client.watch.bind(client)
    const spy = vi.spyOn(client, 'watch').mockImplementation((watcher) => {
      ends.push(vi.fn(watch(watcher)))
      return ends.at(-1) as () => void
    })
    const { rerender, unmount } = render(<FluoProvider client={client} />)
    expect(spy).not.toHaveBeenCalled()
    rerender(
      <StrictMode>
        <FluoProvider client={client}>
          <FluoDevtools />
        </FluoProvider>
      </StrictMode>,
    )
    await ask()
    await newest().emit(final('Hello'))
    await newest().end()
    await frame()
    expect(screen.getByRole('radio', { name: /^Run 1 ?done/ })).toBeTruthy()
    expect(ends.filter((end) => end.mock.calls.length === 0)).toHaveLength(1)

    unmount()

    expect(ends.filter((end) => end.mock.calls.length === 0)).toEqual([])
  })

  it('shows what was recorded before it was mounted', async () => {
    const { client, ask, newest } = setup()
    const recording = record(client)
    await ask()
    await newest().emit(final('Hello'))
    await newest().end()
    render(<FluoDevtools client={client} />)

    expect(rows().at(-1)).toEqual(['end', 'done'])
    recording.end()
  })

  it('renders once a frame however much happens, and only the rows near the view', async () => {
    const { client, ask, newest } = setup()
    const renders = vi.fn<() => void>()
    render(
      <Profiler id="devtools" onRender={renders}>
        <FluoDevtools client={client} />
      </Profiler>,
    )
    await ask()
    await frame()
    renders.mockClear()
    const commit = { type: 'tool_start', name: 'look_up' } as const
    for (let at = 0; at < 3; at += 1) {
      await newest().emit(...Array.from({ length: 400 }, () => commit))
    }
    await frame()
    await frame()

    expect(renders.mock.calls.length).toBeLessThanOrEqual(5)
    expect(Number(screen.getByRole('table').getAttribute('aria-rowcount'))).toBeGreaterThan(1200)
    expect(document.querySelectorAll('tr').length).toBeLessThan(60)
  })

  it('follows the newest run until another one is chosen, and forgets on Clear', async () => {
    const { client, ask, newest } = setup()
    render(<FluoDevtools client={client} />)
    for (const text of ['One', 'Two']) {
      await ask()
      await newest().emit(final(text))
      await newest().end()
    }
    await frame()
    expect(screen.getByRole('heading').textContent).toBe('Run 2')

    fireEvent.click(screen.getByRole('radio', { name: /^Run 1/ }))
    expect(screen.getByRole('heading').textContent).toBe('Run 1')

    fireEvent.click(screen.getByRole('button', { name: 'Clear' }))
    await frame()
    expect(screen.getByText(/No run yet/)).toBeTruthy()
  })

  it('copies the script of a run, masked unless its text is shown', async () => {
    const { client, ask, newest } = setup()
    const writeText = vi.fn<(text: string) => Promise<void>>(async () => undefined)
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
    render(<FluoDevtools client={client} />)
    await ask()
    await newest().emit(final('Jonas'))
    await newest().end()
    await frame()
    fireEvent.click(screen.getByRole('button', { name: 'Copy script' }))
    fireEvent.click(screen.getByRole('checkbox'))
    fireEvent.click(screen.getByRole('button', { name: 'Copy script' }))
    await settled()

    const [masked, kept] = writeText.mock.calls.map(([text]) => text)
    expect(masked).toContain('{ event: { type: "message_final", text: "Xxxxx" } }')
    expect(kept).toContain('{ event: { type: "message_final", text: "Jonas" } }')
    expect(screen.getByText('Copied')).toBeTruthy()
  })

  it('renders nothing on a server, and says what it lacks without a client', () => {
    const { client } = setup()
    expect(renderToString(<FluoDevtools client={client} />)).toBe('')
    render(<FluoDevtools />)
    expect(screen.getByRole('alert').textContent).toContain('FluoProvider')
  })
})

describe('fluoDevtoolsPlugin', () => {
  it('renders the panel in the theme that it is given', () => {
    const { client } = setup()
    const plugin = fluoDevtoolsPlugin({ client })
    render(plugin.render(document.body, { theme: 'dark' }))

    expect(plugin).toMatchObject({ id: 'fluokit', name: 'Fluokit' })
    expect(screen.getByRole('region').dataset['theme']).toBe('dark')
  })
})
