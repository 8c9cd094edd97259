import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fluoRefusals } from './__fixtures__/fluo-refusals.ts'
import { relayRefusals } from './__fixtures__/relay-refusals.ts'
import { runEnds } from './__fixtures__/run-ends.ts'
import { seeUpload } from './__fixtures__/see-upload.ts'
import { uploadRefusals } from './__fixtures__/upload-refusals.ts'
import { seeTurn } from './__fixtures__/see-turn.tsx'

const matching = (detail: string | RegExp): unknown =>
  typeof detail === 'string' ? detail : expect.stringMatching(detail)

describe('a refusal of the relay', () => {
  it.each(Object.entries({ ...relayRefusals, ...fluoRefusals }))(
    'tells the person, the program and the log of %s, each its own (T25)',
    async (_, [setting, outcome]) => {
      const { reads, error, log } = await seeTurn(setting)

      const { status, code, detail, upstreamStatus } = outcome
      const isServers = status === undefined || status >= 500
      expect(reads).toBe(outcome.reads)
      const { retryAt, ...facts } = error ?? {}
      expect(retryAt !== undefined).toBe(code === 'rate-limited')
      expect(facts).toEqual({
        code,
        ...(status !== undefined && { status }),
        requestId: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
      })
      expect(log.filter(({ event }) => event === 'refused')).toEqual([
        expect.objectContaining({
          level: outcome.level ?? (isServers ? 'error' : 'warn'),
          status: status ?? 200,
          requestId: error?.requestId,
          ...(outcome.level === undefined && { code }),
          ...(detail !== undefined && { detail: matching(detail) }),
          ...(upstreamStatus !== undefined && { upstreamStatus }),
        }),
      ])
    },
  )

  it.each(Object.entries(runEnds))(
    'says to the person, the program and the log how a run ended by %s (T25)',
    async (_, [setting, { reads, code, logCode = code, detail }]) => {
      const seen = await seeTurn(setting)

      expect(seen.reads).toBe(reads)
      expect(seen.error?.code).toBe(code)
      expect(seen.error).not.toHaveProperty('detail')
      await vi.waitFor(() => expect(seen.log.at(-1)?.event).toBe('run-end'))
      const last = seen.log.at(-1)
      expect(last).toMatchObject({ level: 'warn', code: logCode })
      expect(last?.detail).toBe(detail)
      // A body that broke off brought no error, and no ID with it.
      expect([last?.requestId, undefined]).toContain(seen.error?.requestId)
    },
  )

  it.each(Object.entries(uploadRefusals))(
    'tells the program and the log of %s, each its own (T25)',
    async (_, [setting, { code, status, detail, upstreamStatus }]) => {
      const { error, log, ...answer } = await seeUpload(setting)

      const { retryAt, ...facts } = error ?? {}
      expect(retryAt !== undefined).toBe(code === 'rate-limited')
      expect({ ...answer, ...facts }).toEqual({
        code,
        status,
        requestId: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
      })
      expect(log.filter(({ event }) => event === 'refused')).toEqual([
        expect.objectContaining({
          level: status >= 500 || status === 424 ? 'error' : 'warn',
          status,
          code,
          requestId: error?.requestId,
          ...(detail !== undefined && { detail: matching(detail) }),
          ...(upstreamStatus !== undefined && { upstreamStatus }),
        }),
      ])
    },
  )

  it('has a row for each status and code that the relay refuses with', () => {
    const all: readonly { readonly status?: number; readonly code: string }[] = [
      ...Object.values({ ...relayRefusals, ...fluoRefusals }).map(([, outcome]) => outcome),
      ...Object.values(uploadRefusals).map(([, outcome]) => outcome),
    ]
    const rows = all.map(({ status, code }) => `${status ?? 'inStream'} ${code}`)
    const folder = join(import.meta.dirname, '../../../packages/relay/src')
    const sources = globSync('**/*.ts', { cwd: folder }).filter((file) => !file.includes('.test.'))
    const thrown = sources.flatMap((file) =>
      [
        ...readFileSync(join(folder, file), 'utf8').matchAll(
          /new Refusal\(\s*(\d+|inStream|inJson),\s*'([\w-]+)'/g,
        ),
      ].map(([, status = '', code = '']) => `${status.replace('inJson', '424')} ${code}`),
    )

    expect(thrown.length).toBeGreaterThan(15)
    expect([...new Set(thrown)].filter((pair) => !rows.includes(pair)).sort()).toEqual([])
  })
})
