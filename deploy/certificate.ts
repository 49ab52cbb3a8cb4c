import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import path from 'node:path';

/** The user of the gateway's container. */
const haproxy = 99;

/** Writes certificate and key of hearth.test into one file that only the gateway may read. */
export function selfSign(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file];
  const names = ['-subj', '/CN=hearth.test', '-addext', 'subjectAltName=DNS:hearth.test'];
  const options = ['req', '-x509', ...key, ...names, '-days', '1', '-out', file];
  execFileSync('openssl', options, { stdio: 'ignore' });
  chownSync(file, haproxy, haproxy);
}

/** Asks 127.0.0.1 as a client that knows the certificate, by the name that it is for. */
export const askSecurely = (
  port: number,
  certificate: string,
  route: string,
  body?: string,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port,
      path: route,
      method: body ? 'POST' : 'GET',
      servername: 'hearth.test',
      ca: readFileSync(certificate),
      headers: { host: 'hearth.test', 'content-type': 'application/json' },
    };
    request(options, resolve).once('error', reject).end(body);
  });
