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
  /** Buffered, but asked for in HTTP/1.1 over connections that are kept, which is the default since 1.29.7. */
  readonly kept: string
  /** As the first, and spoken to in HTTP/2, in the clear. */
  readonly http2: string
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
  const ports: Ports = {
    port,
    plain: await freePort(),
    compressing: await freePort(),
    kept: await freePort(),
    http2: await freePort(),
  }
  writeFileSync(join(folder, 'nginx.conf'), config(ports))
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, nobody, nobody)
  const args = ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr']
  const running = startProcess(folder, args, {}, { command, ...(isRoot && { user: nobody }) })
  void running.ended.then(() => rmSync(folder, { recursive: true, force: true }))
  await running.line(/nginx\/\d/) // said once it listens
  return {
    plain: `http://127.0.0.1:${ports.plain}`,
    compressing: `http://127.0.0.1:${ports.compressing}`,
    kept: `http://127.0.0.1:${ports.kept}`,
    http2: `http://127.0.0.1:${ports.http2}`,
    process: running,
  }
}

interface Ports extends Record<'plain' | 'compressing' | 'kept' | 'http2', number> {
  readonly port: number
}

const config = ({ port, plain, compressing, kept, http2 }: Ports): string => `
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
  upstream relay {
    server 127.0.0.1:${port};
    keepalive 32;
  }
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
  server {
    listen 127.0.0.1:${kept};
    location / {
      proxy_pass http://relay;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
  server {
    listen 127.0.0.1:${http2} http2;
    location / { proxy_pass http://127.0.0.1:${port}; }
  }
}
`
