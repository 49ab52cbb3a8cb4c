import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeArtifact } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, expect, test } from 'vitest';

let server: ChildProcess | undefined;
let folder: string | undefined;

afterEach(async () => {
  server?.kill('SIGKILL');
  if (folder) await rm(folder, { recursive: true });
});

test('the argument serve starts it on the model that was unpacked, and SIGTERM stops it', async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-serve-'));
  await writeArtifact(tinyArtifact(), join(folder, 'model'));
  server = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), 'serve'], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '3000',
      MODELS: '/nowhere',
      SAGEMAKER_BIND_TO_PORT: '0',
      SM_MODEL_DIR: join(folder, 'model'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let log = '';
  let base: string | undefined;
  for await (const chunk of server.stdout ?? []) {
    log += chunk;
    base = /http:\/\/127\.0\.0\.1:\d+/.exec(log)?.[0];
    if (base) break;
  }
  expect((await fetch(`${base}/ping`)).status).toBe(200);
  const answer = await fetch(`${base}/invocations`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: '60,male,\n',
  });
  expect(await answer.text()).toMatch(/^0\.7,/);
  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
});
