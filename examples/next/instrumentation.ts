/** Once, as the server starts: an edit of the route leaves the stand-in and the keys as they are. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./stand-in')
}
