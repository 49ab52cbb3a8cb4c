import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const here = (file: string) => join(import.meta.dirname, file);
const bundle = join(root, 'api/dist/main.mjs');
const compiled = join(root, 'api/dist/compiled');
const typescript = [process.execPath, '--experimental-strip-types', '--disable-warning=ExperimentalWarning'];

/** A server that is started repeatedly. */
export interface Server {
  name: string;
  /** The command that starts it on a port of 127.0.0.1. */
  command(port: number): string[];
  env?: Record<string, string>;
  /** Commands to run once, in the API's folder, before the first start. */
  preparation?: string[][];
  body: unknown;
}

export interface Peers {
  /** Training rows, as `writeTable` of the trees benchmark makes them, and a folder for models. */
  table: { train: string; rows: number; columns: number };
  folder: string;
}

/** The servers that this machine can start, and what to install for the others. */
export function findServers(
  env: NodeJS.ProcessEnv,
  { table, folder }: Peers,
): { servers: Server[]; missing: string[] } {
  const one = { age: 54 };
  const row = { x: Array(table.columns).fill(1) };
  const servers: Server[] = [
    { name: 'Fastify alone', command: () => [process.execPath, here('fastify.mjs')], body: one },
    {
      name: 'Hearth, its container’s bundle',
      preparation: [
        [process.execPath, '--run', 'bundle'],
        [...typescript, 'compile/main.ts', compiled, bundle], // as Dockerfile.api does
      ],
      command: () => [process.execPath, bundle],
      env: { NODE_COMPILE_CACHE: compiled },
      body: one,
    },
    {
      name: 'Hearth with the page, by npm start',
      command: () => [...typescript, join(root, 'api/src/start.ts')],
      env: { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/hearth') }, // as in scripts/start.mjs
      body: one,
    },
  ];
  const missing: string[] = [];
  const runs = ([program, ...args]: string[]) => spawnSync(program, args, { env }).status === 0;

  const forest = join(folder, 'forest.rds');
  if (runs(['Rscript', '-e', 'library(plumber); library(ranger)'])) {
    const plumber = ['Rscript', here('plumber.R')];
    servers.push({
      name: 'plumber with ranger',
      preparation: [[...plumber, 'learn', table.train, `${table.rows}`, `${table.columns}`, forest]],
      command: (port) => [...plumber, 'serve', forest, String(port)],
      body: row,
    });
  } else missing.push('plumber: R with plumber and ranger (Debian: r-cran-plumber, r-cran-ranger)');

  const python = env.PYTHON ?? '/usr/bin/python3';
  const pickle = join(folder, 'forest.joblib');
  if (runs([python, '-c', 'import fastapi, uvicorn, sklearn'])) {
    const fastapi = [python, here('fastapi_app.py')];
    servers.push({
      name: 'FastAPI with scikit-learn',
      preparation: [[...fastapi, 'learn', table.train, `${table.rows}`, pickle]],
      command: (port) => [...fastapi, 'serve', pickle, String(port)],
      body: row,
    });
  } else {
    missing.push(
      `FastAPI: ${python} with FastAPI and scikit-learn (Debian: python3-fastapi, python3-uvicorn, python3-sklearn)`,
    );
  }
  return { servers, missing };
}
