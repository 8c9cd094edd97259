import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort } from '../consumer/free-port.ts'
import { startProcess, type Running } from '../consumer/start-process.ts'

const nobody = 65_534

/** An nginx before a server, and where it answers. */
export interface Nginx {
  /** With the defaults that Debian ships: answers are buffered, and asked for in HTTP/1.0. */
  readonly plain: string
  /** The same, and compressing whatever it can. */
  readonly compressing: string
  readonly process: Running
}

/** Where nginx is, on the PATH or where Debian puts it; null where it is not. */
export function findNginx(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const files = [...folders, '/usr/sbin'].map((folder) => join(folder, 'nginx'))
  return files.find((file) => existsSync(file)) ?? null
}

/** Starts an nginx on loopback, without privileges and in a folder of its own, before a server on this machine. */
export async function startNginx(command: string, port: number): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'fluokit-nginx-'))
  const [plain, compressing] = [await freePort(), await freePort()]
  writeFileSync(join(folder, 'nginx.conf'), config({ port, plain, compressing }))
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, nobody, nobody)
  const args = ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr']
  const running = startProcess(folder, args, {}, { command, ...(isRoot && { user: nobody }) })
  void running.ended.then(() => rmSync(folder, { recursive: true, force: true }))
  await running.line(/nginx\/\d/) // said once it listens
  return {
    plain: `http://127.0.0.1:${plain}`,
    compressing: `http://127.0.0.1:${compressing}`,
    process: running,
  }
}

interface Ports {
  readonly port: number
  readonly plain: number
  readonly compressing: number
}

const config = ({ port, plain, compressing }: Ports): string => `
daemon off;
master_process off;
pid nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${plain};
    location / { proxy_pass http://127.0.0.1:${port}; }
  }
  server {
    listen 127.0.0.1:${compressing};
    gzip on;
    gzip_types *;
    gzip_proxied any;
    gzip_http_version 1.0;
    gzip_min_length 1;
    location / { proxy_pass http://127.0.0.1:${port}; }
  }
}
`
