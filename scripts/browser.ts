// Finds a Chromium for the browser tests: $CHROME_PATH, then Playwright's own if
// installed, then (Linux x64) the one that the @sparticuz/chromium package ships,
// then an installed Chrome or Chromium.
import { execFileSync } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type LaunchOptions } from 'playwright'

const usable = (p: string): boolean => {
  try {
    accessSync(p, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Playwright launch options for the browser found; nothing outside this machine can be reached from it. */
export function launchOptions(): LaunchOptions {
  return {
    ...find(),
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'],
  }
}

function find(): LaunchOptions {
  const named = process.env['CHROME_PATH']
  if (named) {
    if (!usable(named)) throw new Error(`CHROME_PATH=${named} is not an executable file`)
    return { executablePath: named }
  }
  if (usable(chromium.executablePath())) return {}
  if (process.platform === 'linux' && process.arch === 'x64') {
    try {
      return shipped()
    } catch {
      // It is not installed, or cannot be unpacked: an installed one will do.
    }
  }
  const dirs = (process.env['PATH'] ?? '').split(delimiter)
  const names = [
    'google-chrome',
    'google-chrome-stable',
    'chromium',
    'chromium-browser',
    'chrome.exe',
    'msedge.exe',
  ]
  const fixed = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    `${process.env['PROGRAMFILES']}\\Google\\Chrome\\Application\\chrome.exe`,
  ]
  for (const p of [...names.flatMap((n) => dirs.map((d) => join(d, n))), ...fixed])
    if (usable(p)) return { executablePath: p }
  throw new Error('No Chrome or Chromium found: install one, or set CHROME_PATH to its path')
}

/** Unpacks @sparticuz/chromium once (209 MB, about 2 s), with its libraries and fonts for machines that have none. */
function shipped(): LaunchOptions {
  const pkg = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))))
  const { version } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8')) as {
    version: string
  }
  const cache = join(import.meta.dirname, '../node_modules/.cache')
  const dir = join(cache, `chromium-${version}`)
  if (!existsSync(dir)) {
    mkdirSync(cache, { recursive: true })
    const tmp = mkdtempSync(join(cache, 'unpack-'))
    // Its inflate() writes to os.tmpdir() under fixed names, hence a process with a TMPDIR of its own.
    const code = `const { inflate } = await import(${JSON.stringify(import.meta.resolve('@sparticuz/chromium'))})
      for (const f of ['chromium', 'al2023.tar', 'fonts.tar', 'swiftshader.tar']) await inflate(${JSON.stringify(join(pkg, 'bin/'))} + f + '.br')`
    execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      env: { ...process.env, TMPDIR: tmp },
      stdio: 'inherit',
    })
    writeFileSync(
      join(tmp, 'fonts.conf'),
      `<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${dir}/fonts/fonts</dir><cachedir>${dir}/fonts-cache</cachedir></fontconfig>\n`,
    )
    try {
      renameSync(tmp, dir)
    } catch {
      rmSync(tmp, { recursive: true, force: true }) // another process was first
    }
  }
  const libs = [process.env['LD_LIBRARY_PATH'], join(dir, 'al2023/lib')].filter(Boolean).join(':')
  return {
    executablePath: join(dir, 'chromium'),
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: libs,
      FONTCONFIG_FILE: join(dir, 'fonts.conf'),
    },
  }
}
