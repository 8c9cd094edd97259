import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { afterAll, describe, expect, it } from 'vitest'
import { launchOptions } from '../../../scripts/browser.ts'
import { startDemo } from '../server/start-demo.ts'

const stateDirs: string[] = []

function newStateDir(): string {
  const stateDir = mkdtempSync(join(tmpdir(), 'fluokit-state-'))
  stateDirs.push(stateDir)
  return stateDir
}

afterAll(() => {
  for (const stateDir of stateDirs) rmSync(stateDir, { recursive: true, force: true })
})

describe('demo', () => {
  it('goes on with a thread after it was stopped and started again', async () => {
    const options = {
      stateDir: newStateDir(),
      env: {},
      log: () => undefined,
      standIn: { speed: 4 },
    }
    const first = await startDemo({ ...options, port: 0 })
    const browser = await chromium.launch(launchOptions())
    const page = await browser.newPage()
    await page.goto(first.url)
    const input = page.getByRole('textbox', { name: 'Message' })
    await input.fill('Remember the number 7')
    await input.press('Enter')
    const log = page.getByRole('log')
    await log.getByText('This is the first thing you say').waitFor()
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'hidden' })

    await first.close()
    const second = await startDemo({ ...options, port: first.port })
    await page.reload()
    await input.fill('What was it?')
    await input.press('Enter')

    const memory = log.getByText('Before this you said: “Remember the number 7”')
    await memory.waitFor()
    expect(await memory.count()).toBe(1)
    await browser.close()
    await second.close()
  })

  it('prints its address, and leaves nothing behind when it is interrupted', async () => {
    const demo = spawn(process.execPath, [join(import.meta.dirname, '../demo.ts')], {
      env: { ...process.env, PORT: '0', FLUO_API_KEY: '', DEMO_STATE_DIR: newStateDir() },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [printed] = (await once(demo.stdout, 'data')) as [Buffer]
    const url = /http:\/\/localhost:\d+/.exec(printed.toString())?.[0] ?? ''
    const page = await fetch(url)

    demo.kill('SIGINT')
    const [code] = (await once(demo, 'exit')) as [number | null]

    expect(printed.toString()).toContain('A stand-in answers')
    expect(page.status).toBe(200)
    expect(code).toBe(0)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('says in one sentence that a port is taken', async () => {
    const holder = await startDemo({
      port: 0,
      env: {},
      log: () => undefined,
      stateDir: newStateDir(),
    })
    const demo = spawn(process.execPath, [join(import.meta.dirname, '../demo.ts')], {
      env: { ...process.env, PORT: String(holder.port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    demo.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))

    const [code] = (await once(demo, 'close')) as [number | null]

    expect(code).toBe(1)
    expect(said.trim()).toBe(
      `Port ${holder.port} is in use. Choose another one: PORT=${holder.port + 1} npx pnpm@12 demo`,
    )
    await holder.close()
  })
})
