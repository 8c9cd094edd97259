import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Running } from '../consumer/start-process.ts'
import { readFromCursor, readRefusal } from './ask.ts'
import type { HeldFluo } from './held-fluo.ts'

/**
 * Edits the route of an example while `next dev` serves it, in the middle of a run that nobody reads then. Throws unless
 * the new code has run and the rest of the answer can be read through it.
 */
export async function testDevEdit(
  folder: string,
  url: string,
  fluo: HeldFluo,
  server: Running,
): Promise<string> {
  const route = join(folder, 'app/api/fluo/route.ts')
  return readFromCursor(url, fluo, async (leave) => {
    leave()
    writeFileSync(route, `${readFileSync(route, 'utf8')}\nconsole.log('the edited route')\n`)
    while (!server.lines.includes('the edited route')) await readRefusal(url)
  })
}
