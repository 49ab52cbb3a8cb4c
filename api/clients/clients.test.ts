import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import type { FastifyInstance, HTTPMethods } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { methods } from '../src/grpc/definition.ts';
import { freePort } from '../testing/grpc.ts';
import { buildTestApp } from '../testing/serve.ts';
import type { Recorded } from './recorder.ts';

/** What the clients of NVIDIA and KServe sent (`npm run prove -- clients` asks them again) is answered as it was then. */
const folder = join(import.meta.dirname, 'recorded');
const files = readdirSync(folder);
const recordedIn = (file: string): Recorded[] => JSON.parse(readFileSync(join(folder, file), 'utf8'));

let app: FastifyInstance;
let client: Client;
beforeAll(async () => {
  const grpcPort = await freePort();
  app = await buildTestApp({ models: join(import.meta.dirname, '../../models'), model: 'heart', grpcPort });
  await app.ready();
  client = new Client(`127.0.0.1:${grpcPort}`, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await app.close();
});

const same = (bytes: Buffer): Buffer => bytes;

async function byHttp({ asked, headers, body }: Recorded) {
  const [method, url] = asked.split(' ');
  const payload = Buffer.from(body, 'base64');
  const request = { method: method as HTTPMethods & 'GET', url: `/${url.replace(/^\//, '')}`, headers };
  const response = await app.inject(payload.length > 0 ? { ...request, payload } : request);
  return { status: response.statusCode, ...(response.statusCode >= 400 && { error: response.json().error }) };
}

function byGrpc({ asked, body }: Recorded): Promise<Pick<Recorded, 'status' | 'error'>> {
  const { path, isStream = false } = methods()[asked] ?? { path: `/inference.GRPCInferenceService/${asked}` };
  return new Promise((resolve) => {
    if (isStream) {
      const stream = client.makeBidiStreamRequest(path, same, same);
      stream.on('end', () => resolve({ status: 0 }));
      stream.on('data', () => stream.end());
      stream.write(Buffer.from(body, 'base64'));
      return;
    }
    client.makeUnaryRequest(path, same, same, Buffer.from(body, 'base64'), (error) =>
      resolve({ status: error?.code ?? 0, ...(error && { error: error.details }) }),
    );
  });
}

test.each(files)('%s', async (file) => {
  for (const recorded of recordedIn(file)) {
    const { asked, status, error } = recorded;
    const answered = await (file.includes('http') ? byHttp(recorded) : byGrpc(recorded));
    expect([asked, answered]).toEqual([asked, { status, ...(error && { error }) }]);
  }
});
