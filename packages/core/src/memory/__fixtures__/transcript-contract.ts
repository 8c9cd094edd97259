import { describe, expect, it } from 'vitest'
import { emptyRun, type Turn } from '../../thread/thread-state.ts'
import type { TranscriptStore } from '../transcript-store.ts'

/** A settled turn of one answer, whose run is named after it. */
export function turnNamed(id: string, text = 'Answer'): Turn {
  const part = { type: 'text', id: `${id}.0`, chunks: [text] } as const
  const message = { id: `${id}-run:0`, parts: [part], isFinal: true }
  const run = { ...emptyRun(`${id}-run`), messages: [message], end: 'done' as const }
  return { id, input: { query: `Question ${id}` }, sentAt: 1, runs: [run] }
}

const delta = (text: string) => ({ type: 'message_delta', text }) as const

/** What every store of transcripts does. */
export function transcriptContract(open: () => TranscriptStore): void {
  describe('as a store of transcripts', () => {
    it('knows nothing of a record that was never written', async () => {
      expect(await open().load('none')).toEqual({ turns: [], journals: [] })
    })

    it('brings turns back whole, in the order in which they were first put', async () => {
      const store = open()
      for (const id of ['b', 'a', 'c']) await store.put('record', turnNamed(id))

      const { turns } = await store.load('record')

      expect(turns).toEqual(['b', 'a', 'c'].map((id) => turnNamed(id)))
    })

    it('replaces a turn in its place', async () => {
      const store = open()
      for (const id of ['a', 'b']) await store.put('record', turnNamed(id))

      await store.put('record', turnNamed('a', 'Better'))

      expect((await store.load('record')).turns).toEqual([turnNamed('a', 'Better'), turnNamed('b')])
    })

    it('brings a journal back in order, for each run its own', async () => {
      const store = open()
      await store.append('record', 'one', [delta('H'), delta('e')])
      await store.append('record', 'two', [delta('x')])
      await store.append('record', 'one', [delta('y')])

      const { journals } = await store.load('record')

      expect(journals).toHaveLength(2)
      expect(journals.find(({ runId }) => runId === 'one')?.events).toEqual(['H', 'e', 'y'].map(delta))
      expect(journals.find(({ runId }) => runId === 'two')?.events).toEqual([delta('x')])
    })

    it('keeps the cursor of the last append with the journal, for each run its own', async () => {
      const store = open()
      await store.append('record', 'one', [delta('H')], '1')
      await store.append('record', 'two', [delta('x')], '7')
      await store.append('record', 'one', [delta('y')], '3')

      const { journals } = await store.load('record')

      const cursors = journals.map(({ runId, cursor }) => [runId, cursor])
      expect(new Map(cursors as [string, string][])).toEqual(
        new Map([
          ['one', '3'],
          ['two', '7'],
        ]),
      )
    })

    it('keeps no events that do not begin where the journal ends, but for the run from its beginning', async () => {
      const store = open()
      await store.append('record', 'run', [delta('a')], '1', null)
      await store.append('record', 'run', [delta('b')], '2', '1')
      await store.append('record', 'run', [delta('b')], '2', '1') // of another tab
      await store.append('record', 'run', [delta('d')], '4', '3') // behind one that could not be written
      expect((await store.load('record')).journals).toEqual([
        { runId: 'run', events: ['a', 'b'].map(delta), cursor: '2' },
      ])

      await store.append('record', 'run', [delta('anew')], '1', null)
      await store.append('record', 'run', [delta('c')], '3', '2')
      await store.append('record', 'run', [delta('!')], '2', '1')

      expect((await store.load('record')).journals).toEqual([
        { runId: 'run', events: ['a', 'b', 'anew', '!'].map(delta), cursor: '2' },
      ])
    })

    it('takes a journal up behind any cursor once its run was kept with its turn', async () => {
      const store = open()
      await store.append('record', 'a-run', [delta('H')], '1', null)
      await store.put('record', turnNamed('a'))

      await store.append('record', 'a-run', [delta('!')], '9', '8')

      expect((await store.load('record')).journals).toEqual([
        { runId: 'a-run', events: [delta('!')], cursor: '9' },
      ])
    })

    it('has no cursor where the last append had none, and has one again with the next', async () => {
      const store = open()
      await store.append('record', 'run', [delta('H')], '1')
      await store.append('record', 'run', [delta('y')])
      expect((await store.load('record')).journals).toEqual([
        { runId: 'run', events: ['H', 'y'].map(delta) },
      ])

      await store.append('record', 'run', [delta('!')], '3')

      expect((await store.load('record')).journals[0]?.cursor).toBe('3')
    })

    it('keeps more than a hundred appends in order', async () => {
      const store = open()
      const texts = Array.from({ length: 120 }, (_, index) => String(index))
      await Promise.all(texts.map((text) => store.append('record', 'run', [delta(text)])))

      expect((await store.load('record')).journals[0]?.events).toEqual(texts.map(delta))
    })

    it('drops the journals of the runs of a turn that is put, and no others', async () => {
      const store = open()
      await store.append('record', 'a-run', [delta('H')])
      await store.append('record', 'b-run', [delta('H')])
      await store.append('other', 'a-run', [delta('H')])

      await store.put('record', turnNamed('a'))

      expect((await store.load('record')).journals.map(({ runId }) => runId)).toEqual(['b-run'])
      expect((await store.load('other')).journals).toHaveLength(1)
    })

    it('replaces no messages with none, loses no run, and keeps the journal of a run without messages', async () => {
      const store = open()
      const whole = turnNamed('a')
      const [known = emptyRun('')] = whole.runs
      const cut = { ...emptyRun('cut'), end: 'interrupted' as const }
      const again = { ...known, id: 'again' }
      await store.put('record', whole)
      await store.append('record', 'cut', [delta('H')])

      await store.put('record', { ...whole, runs: [{ ...known, messages: [] }, cut] })
      await store.put('record', { ...whole, runs: [cut, again] })

      const { turns, journals } = await store.load('record')
      expect(turns).toEqual([{ ...whole, runs: [known, cut, again] }])
      expect(journals).toEqual([{ runId: 'cut', events: [delta('H')] }])
    })

    it('removes one record, and leaves those whose IDs begin like it', async () => {
      const store = open()
      for (const record of ['a', 'ab']) {
        await store.put(record, turnNamed('t'))
        await store.append(record, 'run', [delta('H')])
      }

      await store.remove('a')

      expect(await store.load('a')).toEqual({ turns: [], journals: [] })
      const left = await store.load('ab')
      expect([left.turns.length, left.journals.length]).toEqual([1, 1])
    })

    it('clears every record of a prefix, and no other', async () => {
      const store = open()
      for (const record of ['user.ann:1', 'user.ann:2', 'user.ann%3A2:1', 'guest:1']) {
        await store.put(record, turnNamed('t'))
        await store.append(record, 'run', [delta('H')])
      }

      await store.clear('user.ann:')

      expect(await store.load('user.ann:1')).toEqual({ turns: [], journals: [] })
      expect(await store.load('user.ann:2')).toEqual({ turns: [], journals: [] })
      expect((await store.load('user.ann%3A2:1')).turns).toHaveLength(1)
      expect((await store.load('guest:1')).turns).toHaveLength(1)
    })

    it('keeps what it was given, whatever becomes of the object', async () => {
      const store = open()
      const turn = { ...turnNamed('a'), input: { query: 'Before' } }
      await store.put('record', turn)
      turn.input.query = 'After'

      expect((await store.load('record')).turns[0]?.input.query).toBe('Before')
    })
  })
}
