import type { FluoEvent } from '@fluokit/core'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { Profiler, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { clientOf, settled, takeComplaints } from '../../test/chat.tsx'
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

  it('hides a reference in what was shown before it was known', async () => {
    const { client, ask, newest } = setup()
    render(<FluoDevtools client={client} />)
    await ask()
    fireEvent.click(screen.getByRole('checkbox'))
    await newest().emit(delta('I am in reference-secret.'))
    await frame()
    expect(shown()).toContain('reference-secret')

    await newest().emit({ type: 'run_start', threadRef: 'reference-secret' })
    await frame()

    expect(shown()).toContain('I am in reference 1.')
    expect(shown()).not.toContain('reference-secret')
  })

  it('takes a reference that begins like another one for itself', async () => {
    const { client, ask, newest } = setup()
    render(<FluoDevtools client={client} />)
    await ask()
    await newest().emit({ type: 'run_start', threadRef: 'thread_scripted_1' })
    await newest().end()
    await ask()
    await newest().emit({ type: 'run_start', threadRef: 'thread_scripted_10' })
    await newest().emit(final('I am in thread_scripted_10.'))
    await frame()
    fireEvent.click(screen.getByRole('checkbox'))

    expect(shown()).toContain('I am in reference 2.')
  })

  it('shows data of any depth', async () => {
    const { client, ask, newest } = setup()
    render(<FluoDevtools client={client} />)
    await ask()
    let input: unknown = 'Jonas'
    for (let depth = 0; depth < 20_000; depth += 1) input = [input]
    await newest().emit({ type: 'tool_start', name: 'dig', input })
    await frame()
    fireEvent.click(screen.getByRole('checkbox'))

    expect(rows().find(([kind]) => kind === 'tool_start')?.[1]).toMatch(/^dig {2}\[{60}null/)
  })

  it('shows numbers that JSON has not', async () => {
    const { client, ask, newest } = setup()
    render(<FluoDevtools client={client} />)
    await ask()
    await newest().emit({ type: 'tool_end', name: 'measure', output: { size: 12n } })
    await frame()
    expect(shown()).toContain('measure  {"xxxx":11}')

    fireEvent.click(screen.getByRole('checkbox'))
    expect(shown()).toContain('measure  {"size":"12"}')
  })

  it('says that it cannot show something, and leaves the application as it is', async () => {
    const { client, ask, newest } = setup()
    render(
      <>
        <p>The application</p>
        <FluoDevtools client={client} />
      </>,
    )
    let isBroken = true
    const input = {
      get name(): string {
        if (isBroken) throw new Error('not to be read')
        return 'Jonas'
      },
    }
    await ask()
    await newest().emit({ type: 'tool_start', name: 'look_up', input })
    await frame()

    expect(takeComplaints()).toContain('not to be read')
    expect(screen.getByText('The application')).toBeTruthy()
    expect(screen.getByRole('alert').textContent).toContain('could not be shown')

    isBroken = false
    fireEvent.click(screen.getByRole('button', { name: 'Show them masked' }))
    expect(shown()).toContain('look_up  {"xxxx":"Xxxxx"}')
  })

  it('names a call as its script does, whatever was looked at before', async () => {
    const { client, ask, newest } = setup()
    const recording = record(client)
    render(<FluoDevtools client={client} />)
    for (const callId of ['secret-1', 'secret-2']) {
      await ask()
      await newest().emit({ type: 'tool_start', name: 'look_up', callId }, final('Found'))
      await newest().end()
      await frame()
    }

    expect(shown()).toContain('look_up  call_1')
    const [newestRun] = recording.runs()
    expect(recording.exportRun(newestRun!).source).toContain('callId: "call_1"')
    recording.end()
  })

  it('reads no text of a line again that is not shown', async () => {
    const { client, ask, newest } = setup()
    const recording = record(client)
    await ask()
    const lines = Array.from({ length: 200 }, (_, at): FluoEvent => ({
      type: at % 2 === 0 ? 'thinking_part' : 'message_delta',
      text: 'word',
    }))
    await newest().emit(...lines)
    const last = recording.runs()[0]?.rows.findLast(({ kind }) => kind === 'event')
    const read = vi.fn<() => readonly string[]>(() => ['word'])
    Object.defineProperty(last, 'texts', { get: read })
    render(<FluoDevtools client={client} />)
    await newest().emit({ type: 'unknown', event: 'usage', raw: '1' })
    await frame()

    expect(screen.getByRole('img')).toBeTruthy()
    expect(read).not.toHaveBeenCalled()
    recording.end()
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
    const frames: FrameRequestCallback[] = []
    vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) =>
      frames.push(callback),
    )
    onTestFinished(() => void vi.unstubAllGlobals())
    const next = () => act(() => frames.splice(0).forEach((callback) => callback(0)))
    const { client, ask, newest } = setup()
    const renders = vi.fn<() => void>()
    render(
      <Profiler id="devtools" onRender={renders}>
        <FluoDevtools client={client} />
      </Profiler>,
    )
    await ask()
    next()
    renders.mockClear()
    const event = { type: 'tool_start', name: 'look_up' } as const
    for (let at = 0; at < 3; at += 1) {
      await newest().emit(...Array.from({ length: 400 }, () => event))
    }
    expect(renders).not.toHaveBeenCalled()
    next()

    expect(renders).toHaveBeenCalledTimes(1)
    expect(frames).toEqual([])
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

  it('says of each copy that it was made, and of none for another run', async () => {
    const { client, ask, newest } = setup()
    let copied = (): void => undefined
    const writeText = () => new Promise<void>((resolve) => (copied = resolve))
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
    render(<FluoDevtools client={client} />)
    await ask()
    await newest().emit(final('One'))
    await newest().end()
    await frame()
    const said = () => screen.getByRole('status').textContent
    for (let times = 0; times < 2; times += 1) {
      fireEvent.click(screen.getByRole('button', { name: 'Copy script' }))
      expect(said()).toBe('')
      copied()
      await settled()
      expect(said()).toBe('Copied')
    }
    await ask()
    await frame()

    expect(screen.getByRole('heading').textContent).toBe('Run 2')
    expect(said()).toBe('')
  })

  it('keeps a script that is downloaded for as long as a browser may ask where to save it', async () => {
    const { client, ask, newest } = setup()
    const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:script')
    const revoked = vi.spyOn(URL, 'revokeObjectURL').mockReturnValue(undefined)
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue(undefined)
    render(<FluoDevtools client={client} />)
    await ask()
    await newest().emit(final('One'))
    await newest().end()
    await frame()
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    fireEvent.click(screen.getByRole('button', { name: 'Download .ts' }))

    expect(made).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(30_000)
    expect(revoked).not.toHaveBeenCalled()
    vi.advanceTimersByTime(60_000)
    expect(revoked).toHaveBeenCalledWith('blob:script')
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
