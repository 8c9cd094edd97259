import type { NextConfig } from 'next'

const config: NextConfig = {
  // Next would take the repository around this folder for its root.
  turbopack: { root: import.meta.dirname },
}

export default config
