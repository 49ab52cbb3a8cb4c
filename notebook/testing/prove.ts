import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Trains, imports and asks from the real pandas and R, as a notebook does. NOTEBOOK_PYTHON names a Python that has pandas, scikit-learn, xgboost and lightgbm;
 * without it, one is made. R needs jsonlite and curl.
 */
const here = import.meta.dirname;
const root = join(here, '../..');
const folder = mkdtempSync(join(tmpdir(), 'hearth-notebook-'));
const node = [process.execPath, '--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
const hearth = [...node, join(root, 'training/src/cli/main.ts')];
const env = { ...process.env, HEARTH: hearth.join(' '), MODELS: join(folder, 'models') };

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function python(): string {
  if (process.env.NOTEBOOK_PYTHON) return process.env.NOTEBOOK_PYTHON;
  run('python3', '-m', 'venv', 'venv');
  run('venv/bin/pip', 'install', '-q', 'pandas', 'scikit-learn', 'xgboost', 'lightgbm');
  return join(folder, 'venv/bin/python');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

const notebooks: [command: string, script: string][] = [
  [python(), join(here, 'notebook.py')],
  ['Rscript', join(here, 'notebook.R')],
];
for (const [command, script] of notebooks) console.log(run(command, script, 'make').trim());
for (const model of ['py-trained', 'py-forest', 'py-boosted', 'py-light', 'r-trained', 'r-glm']) {
  const [program, ...args] = hearth;
  run(program, ...args, 'promote', 'latest', '--model', model, '--force', '--reason', 'a proof');
}
const port = await freePort();
const [program, ...flags] = node;
const server = spawn(program, [...flags, join(root, 'api/src/main.ts')], {
  env: { ...env, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'inherit', 'inherit'],
});
try {
  const url = `http://127.0.0.1:${port}`;
  while (
    server.exitCode === null &&
    !(await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await wait(50);
  for (const [command, script] of notebooks) console.log(run(command, script, 'ask', url).trim());
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}
