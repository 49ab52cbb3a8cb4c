import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(import.meta.dirname, '../..');
const typescript = [process.execPath, '--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
const main = join(root, 'training/src/cli/main.ts');

export interface Ended {
  code: number;
  printed: string;
  complained: string;
}

/** Runs a command of `hearth` in a folder. */
export async function hearth(folder: string, args: readonly string[]): Promise<Ended> {
  const [program, ...words] = typescript;
  const child = spawn(program, [...words, main, ...args], { cwd: folder });
  const [printed, complained, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, printed, complained };
}

export interface Serving {
  url: string;
  /** Ends it as Ctrl+C does. */
  stop(): Promise<Ended>;
}

/** Runs a program until it serves. @returns how it ended, where it does not serve */
async function serve(
  [program, ...words]: readonly string[],
  folder: string,
  env: Record<string, string> = {},
): Promise<Serving | Ended> {
  const child = spawn(program, words, { cwd: folder, env: { ...process.env, LOG_LEVEL: 'warn', ...env } });
  let printed = '';
  let complained = '';
  child.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, printed, complained }));
  const url = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const [, found] = /Hearth is at (http:\S+)/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const first = await Promise.race([url, ended]);
  if (typeof first !== 'string') return first;
  return {
    url: first,
    stop() {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** Runs `hearth try` until it serves. */
export const tryTable = (folder: string, args: readonly string[]): Promise<Serving | Ended> =>
  serve([...typescript, main, 'try', ...args], folder);

/** Runs page and API of the model in production. */
export const serveModel = (models: string, model: string, port: number): Promise<Serving | Ended> =>
  serve([...typescript, join(root, 'api/src/start.ts')], root, {
    MODELS: models,
    MODEL: model,
    PORT: String(port),
    HOST: '127.0.0.1',
  });
