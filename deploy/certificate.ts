import { execFile, execFileSync } from 'node:child_process';
import { chownSync, createReadStream, mkdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { dockerEnvironment } from './docker.ts';

/** The user of the gateway's container. */
const haproxy = 99;

/** Writes a certificate of hearth.test and its key, valid for one day by default, to one file that only the gateway can read. */
export function selfSign(file: string, days = 1): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file];
  const names = ['-subj', '/CN=hearth.test', '-addext', 'subjectAltName=DNS:hearth.test'];
  const options = ['req', '-x509', ...key, ...names, '-days', String(days), '-out', file];
  execFileSync('openssl', options, { stdio: 'ignore' });
  chownSync(file, haproxy, haproxy);
}

/** Runs deploy/renew with a certificate and its key, for the gateway of a project. @throws with its output unless the exit code is 0 */
export async function renew(project: string, file: string): Promise<string> {
  const env = { ...dockerEnvironment, COMPOSE_PROJECT_NAME: project };
  const child = promisify(execFile)(path.join(import.meta.dirname, 'renew'), ['hearth'], { env });
  createReadStream(file).pipe(child.child.stdin as Writable);
  return (await child).stdout;
}

/** Sends a request to 127.0.0.1 as a client that trusts the certificate, by the name in it. */
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
