type Env = Readonly<Record<string, string | undefined>>

/**
 * Throws an `Error` of one sentence for a variable that Vite would write into the code that every visitor downloads
 * and that is named like one of ours or holds Fluo's key. The sentence names the variable and never contains its value.
 */
export function refuseExposed(env: Env, envPrefix: string | readonly string[] = 'VITE_'): void {
  // VITE_ counts whatever the prefixes are: another configuration of the same application may use it.
  const prefixes = ['VITE_', ...(typeof envPrefix === 'string' ? [envPrefix] : envPrefix)]
  for (const [name, value] of Object.entries(env)) {
    for (const prefix of prefixes) {
      if (prefix === '' || !name.startsWith(prefix)) continue
      const holdsKey = Boolean(value) && value === env['FLUO_API_KEY']
      const isOurs = /FLUO_(API_KEY|PROJECT_ID)/.test(name) || name.startsWith(`${prefix}FLUO_`)
      if (!holdsKey && !isOurs) continue
      throw new Error(
        `fluoRelay: ${adviceFor(name, isOurs, prefix)} Vite puts variables that begin with ${prefix} into the code every visitor downloads.`,
      )
    }
  }
}

function adviceFor(name: string, isOurs: boolean, prefix: string): string {
  if (!isOurs) return `remove ${name}, because it holds the value of FLUO_API_KEY and`
  const plain = name.slice(name.indexOf('FLUO_'))
  return plain === name
    ? `take ${prefix} out of envPrefix or unset ${name}, because`
    : `rename ${name} to ${plain}, because`
}
