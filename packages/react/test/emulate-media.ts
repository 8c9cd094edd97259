import { cdp } from 'vitest/browser'

/** Shows the page, until it is called again with none, to somebody with these preferences. */
export async function emulateMedia(preferences: Readonly<Record<string, string>>): Promise<void> {
  const features = Object.entries(preferences).map(([name, value]) => ({ name, value }))
  await (cdp() as unknown as ChromiumSession).send('Emulation.setEmulatedMedia', { features })
}

/** What the provider gives; its own types are not installed here. */
interface ChromiumSession {
  send(method: string, parameters: object): Promise<unknown>
}
