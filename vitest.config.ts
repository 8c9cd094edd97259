import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { launchOptions } from './scripts/browser.ts'

// scripts/test.ts sets this where no Chromium can be had.
const hasBrowser = process.env['FLUOKIT_NO_BROWSER'] === undefined

const withoutBrowser: TestProjectConfiguration[] = [
  {
    test: {
      name: 'unit',
      environment: 'node',
      // These files leave nothing behind in their process: sharing it saves a third of the time.
      isolate: false,
      include: ['packages/*/src/**/*.test.ts', 'apps/*/{server,src}/**/*.test.ts'],
      exclude: ['**/*.{browser,e2e}.test.ts'],
      typecheck: {
        enabled: true,
        include: ['packages/*/src/**/*.test-d.{ts,tsx}'],
        tsconfig: './tsconfig.vitest.json',
      },
    },
  },
  {
    test: { name: 'scripts', environment: 'node', include: ['scripts/**/*.test.ts'] },
  },
  {
    plugins: [react()],
    test: {
      name: 'dom',
      environment: 'happy-dom',
      execArgv: ['--expose-gc'], // for tests of what is held on to
      include: ['packages/*/{src,test}/**/*.test.tsx'],
      exclude: ['**/*.browser.test.tsx'],
    },
  },
]

// A new object each time: two projects cannot share one.
const chromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: launchOptions() }),
  instances: [{ browser: 'chromium' as const }],
})

const withBrowser = (): TestProjectConfiguration[] => [
  {
    plugins: [react()],
    optimizeDeps: {
      include: [
        'react',
        'react-dom',
        'react-dom/client',
        'react/jsx-dev-runtime',
        'fast-check',
        '@storybook/react-vite',
        'storybook/preview-api',
        'storybook/test',
      ],
    },
    test: {
      name: 'browser',
      include: ['packages/*/src/**/*.browser.test.{ts,tsx}', '.storybook/*.browser.test.tsx'],
      browser: chromium(),
    },
  },
  {
    plugins: [storybookTest({ configDir: '.storybook' })],
    test: { name: 'storybook', browser: chromium() },
  },
  {
    test: {
      name: 'e2e',
      environment: 'node',
      include: ['apps/*/e2e/**/*.e2e.test.ts'],
      testTimeout: 30_000,
      hookTimeout: 60_000,
    },
  },
]

process.env['STORYBOOK_DISABLE_TELEMETRY'] ??= '1'

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: hasBrowser ? [...withoutBrowser, ...withBrowser()] : withoutBrowser,
  },
})
