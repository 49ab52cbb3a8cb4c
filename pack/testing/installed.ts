import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The package as a user has it: installed from its tarball into an empty folder. */
export interface Installed {
  folder: string;
  /** Runs `hearth` to its end. @throws Error with what it printed, unless it ends with the exit code `expected` */
  hearth(args: readonly string[], expected?: number): Promise<{ stdout: string; stderr: string }>;
  /** Starts a command that serves, and waits until it does. */
  serve(...args: string[]): Promise<Server>;
}

export interface Server {
  url: string;
  /** Ends it as Ctrl+C does. @returns its exit code */
  stop(): Promise<number | null>;
}

/** Where a server answers besides predictions: what it reads from files of the package. */
export const addresses = [
  '/',
  '/docs',
  '/docs/page.css',
  '/docs/page.js',
  '/openapi.json',
  '/model/card',
  '/status',
];

/** The bytes of all files in a folder. */
export const bytesIn = (path: string): number =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((file) => statSync(join(path, file)))
    .reduce((sum, each) => sum + (each.isFile() ? each.size : 0), 0);

/** No registry and no proxy answers there. */
const nowhere = 'http://127.0.0.1:9';
const cutOff = { npm_config_registry: nowhere, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere };

/**
 * Installs a tarball with an empty cache and without a registry.
 * @param node the Node that runs npm and the package
 * @param before a program that runs each command, such as one that takes the network away
 */
export function install(
  tarball: string,
  folder: string,
  node = process.execPath,
  before: readonly string[] = [],
): Installed {
  mkdirSync(folder, { recursive: true });
  const { npm_lifecycle_event: _, ...own } = process.env;
  const env = { ...own, ...cutOff, PATH: `${dirname(node)}:${process.env.PATH}`, FORCE_COLOR: undefined };
  const cache = mkdtempSync(join(folder, '.cache-'));
  execFileSync('npm', ['init', '-y', '--silent'], { cwd: folder, env });
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--cache', cache, tarball], {
    cwd: folder,
    env,
  });
  const { resolve } = createRequire(join(folder, 'index.js'));
  const program = join(dirname(resolve('hearth/package.json')), 'lib/hearth.mjs');
  return {
    folder,
    async hearth(args, expected = 0) {
      const [file, ...rest] = [...before, node, program, ...args];
      const run = promisify(execFile)(file, rest, { cwd: folder, env, maxBuffer: 1 << 26 });
      const { code = 0, stdout, stderr } = await run.catch((error) => error);
      if (code === expected) return { stdout, stderr };
      throw new Error(`hearth ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
    },
    serve: (...args) =>
      waitFor(
        spawn(node, [program, ...args], { cwd: folder, env: { ...env, LOG_LEVEL: 'warn', PORT: '0' } }),
      ),
  };
}

async function waitFor(child: ChildProcess): Promise<Server> {
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += chunk));
  const ended = once(child, 'close');
  const address = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      const [, url] = /Hearth is at (http:\S+)/.exec(printed) ?? [];
      if (url) resolve(url);
    });
  });
  const url = await Promise.race([address, ended.then(() => undefined)]);
  if (url === undefined) throw new Error(`it ended before it served:\n${printed}`);
  return {
    url,
    async stop() {
      child.kill('SIGINT');
      const [code] = await ended;
      return code;
    },
  };
}
