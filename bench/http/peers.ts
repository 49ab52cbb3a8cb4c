import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../system.ts';
import { startServer } from './servers.ts';
import { post, type Way } from './tensors.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const installed = join(root, '.hearth/http-peers');
const typescript = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
const columns = 13;
/** Python packages, in two environments: MLServer takes an older FastAPI. */
const environments = {
  mlserver: ['mlserver==1.7.1', 'mlserver-sklearn==1.7.1'],
  bentoml: ['bentoml==1.4.40', 'fastapi==0.163.2', 'uvicorn==0.54.0', 'scikit-learn', 'pandas'],
};

const program = (environment: keyof typeof environments, name: string): string =>
  join(installed, environment, 'bin', name);

/** Installs the servers once, from Python's registry; removed by deleting .hearth/http-peers. */
async function install(): Promise<void> {
  await mkdir(installed, { recursive: true });
  for (const [name, packages] of Object.entries(environments)) {
    if (existsSync(join(installed, name))) continue;
    await run('python3', ['-m', 'venv', name], { cwd: installed });
    const python = program(name as keyof typeof environments, 'python');
    await run(python, ['-m', 'pip', 'install', '-q', 'uv']); // pip itself takes many minutes to choose versions of these
    await run(python, ['-m', 'uv', 'pip', 'install', '-q', '--python', python, ...packages]);
  }
}

/** A random forest of 100 trees, trained by scikit-learn and imported by Hearth. @returns the folders of both */
async function train(): Promise<{ folder: string; models: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-peers-'));
  const models = join(folder, 'models');
  const hearth = async (...words: string[]) => {
    const cli = join(root, 'training/src/cli/main.ts');
    return (
      await run(process.execPath, [...typescript, cli, ...words], { env: { ...process.env, MODELS: models } })
    ).stdout;
  };
  await writeFile(join(folder, 'export.py'), await hearth('import', '--script', 'python'));
  // each environment has its own scikit-learn, which reads only its own file
  for (const name of ['mlserver', 'bentoml'] as const) {
    await mkdir(join(folder, name));
    await run(program(name, 'python'), [
      join(import.meta.dirname, 'peers.py'),
      'train',
      join(folder, name),
      folder,
    ]);
  }
  await hearth('import', join(folder, 'bentoml/forest.jsonl'));
  await hearth('promote', 'latest', '--model', 'forest', '--force', '--reason', 'for a benchmark');
  return { folder, models };
}

interface Peer {
  name: string;
  command: string[];
  env: Record<string, string>;
  path: string;
  body(rows: number[][]): object;
}

/** Starts the other servers, and Hearth with the same trees. @param prefix the beginning of their commands */
export async function startPeers(prefix: string[]) {
  await install();
  const { folder, models } = await train();
  const [mlserver, grpcOfMlserver, metrics, bento, fastapi, grpcPort] = await Promise.all(
    Array.from({ length: 6 }, freePort),
  );
  const settings = {
    host: '127.0.0.1',
    http_port: mlserver,
    grpc_port: grpcOfMlserver,
    metrics_port: metrics,
    parallel_workers: 0,
    debug: false,
  };
  await writeFile(join(folder, 'mlserver/settings.json'), JSON.stringify(settings));
  await writeFile(join(folder, 'bentoml/peers.py'), await readFile(join(import.meta.dirname, 'peers.py')));
  const model = join(folder, 'bentoml');
  const bentoml = [
    'serve',
    'peers:Forest',
    '--working-dir',
    model,
    '--host',
    '127.0.0.1',
    '--port',
    `${bento}`,
  ];
  const peers: (Peer & { port: number })[] = [
    {
      name: 'MLServer 1.7.1, v2 JSON',
      command: [program('mlserver', 'mlserver'), 'start', join(folder, 'mlserver')],
      env: {},
      port: mlserver,
      path: '/v2/models/forest/infer',
      body: (rows) => ({
        inputs: [{ name: 'x', shape: [rows.length, columns], datatype: 'FP64', data: rows }],
        outputs: [{ name: 'predict_proba' }],
      }),
    },
    {
      name: 'BentoML 1.4.40, JSON',
      command: [program('bentoml', 'bentoml'), ...bentoml],
      env: { MODEL: model, BENTOML_DO_NOT_TRACK: 'True' },
      port: bento,
      path: '/predict',
      body: (rows) => ({ rows }),
    },
    {
      name: 'FastAPI 0.163.2, JSON',
      command: [
        program('bentoml', 'python'),
        join(import.meta.dirname, 'peers.py'),
        'fastapi',
        model,
        `${fastapi}`,
      ],
      env: {},
      port: fastapi,
      path: '/predict',
      body: (rows) => ({ rows }),
    },
  ];
  const children = await Promise.all(
    peers.map(async ({ name, command, env, port, path, body }) => {
      const [first, ...words] = [...prefix, ...command];
      const child = spawn(first, words, {
        env: { ...process.env, ...env, OMP_NUM_THREADS: '1' },
        stdio: ['ignore', 'ignore', 'ignore'],
      });
      process.once('exit', () => child.kill());
      const send = (rows: number[][]) =>
        post(`http://127.0.0.1:${port}${path}`, Buffer.from(JSON.stringify(body(rows))), {
          'content-type': 'application/json',
        });
      await answers(name, send([Array(columns).fill(0)]));
      const stop = async () => {
        child.kill('SIGTERM');
        await once(child, 'exit');
      };
      return { name, pid: child.pid as number, send, stop };
    }),
  );
  const hearth = await startServer('hearth', prefix, {
    MODELS: models,
    GRPC_PORT: `${grpcPort}`,
    BODY_BYTES: '4000000',
  });
  return {
    hearth: { ...hearth, grpcPort },
    waysOf: (rows: number[][]): Way[] =>
      children.map(({ name, pid, send }) => ({ name, pid, send: send(rows) })),
    async stop() {
      await Promise.all(children.map(({ stop }) => stop()));
      await hearth.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Waits until a server answers. @throws if it does not within three minutes */
async function answers(name: string, send: Way['send']): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      if (await send()) return;
    } catch (cause) {
      if (tries === 360) throw new Error(`${name} does not answer`, { cause });
      await wait(500);
    }
  }
}
