import type { Page } from 'playwright'

/** Resolves once a page shows so many messages. Rejects after ten seconds. */
export async function showsRows(page: Page, count: number): Promise<void> {
  const isShown = (wanted: number): boolean => window.bench.texts().length === wanted
  await page.waitForFunction(isShown, count, { polling: 50, timeout: 10_000 })
}

/** Resolves once a page has had time for what it does after it has been opened. */
export async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(250)
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestIdleCallback(() => resolve(), { timeout: 2_000 })
      }),
  )
}
