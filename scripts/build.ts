// Builds the packages into their dist folders: `npx pnpm@12 build`.
import { buildPackages } from './pack/build-packages.ts'

await buildPackages()
