/** Whether a promise has come to something by then, in milliseconds. */
export async function isSettledWithin(
  promise: Promise<unknown>,
  milliseconds: number,
): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const settled = promise.then(
    () => true,
    () => true,
  )
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  const isSettled = await Promise.race([settled, late])
  clearTimeout(timer)
  return isSettled
}
