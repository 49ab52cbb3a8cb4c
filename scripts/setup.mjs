// Runs on Node 20 with nothing installed: only what Node itself brings may be imported here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const stampFile = path.join(root, 'node_modules', '.hearth-installed');

/** Prints why it cannot go on, and ends the process. */
export function refuse(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/**
 * Installs the dependencies unless those of this lockfile are there already, and finds the runtime.
 * @param {string[]} [packages] the workspace's packages whose dependencies are needed; all where left out
 * @returns {{ node: string, env: NodeJS.ProcessEnv }} the Node to run everything with; it comes first in `env.PATH`
 */
export function setUp(packages) {
  install(packages);
  const node = findNode();
  const searchPath = [path.dirname(node), path.join(root, 'node_modules', '.bin'), process.env.PATH];
  return { node, env: { ...process.env, PATH: searchPath.join(path.delimiter) } };
}

/** These let Node 22.12 run TypeScript as 24 does by itself. */
export const typescriptFlags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];

function install(packages) {
  const lockfile = createHash('sha256')
    .update(readFileSync(path.join(root, 'pnpm-lock.yaml')))
    .update(platform)
    .digest('hex');
  const installed = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  const stamp = [lockfile, ...(packages ?? [])].join(' ');
  if (installed === lockfile || installed === stamp) return; // everything, or just these

  console.log('Installing the dependencies: about a minute, only when they change …');
  const { NODE_ENV: _, ...env } = process.env; // with NODE_ENV=production pnpm would leave out what builds the page
  const windows = process.platform === 'win32';
  // The lockfile was checked against the registry where it was written: asking for the age of each package again takes minutes on a
  // slow line. What is downloaded is still compared with its hashes.
  const options = ['--frozen-lockfile', '--trust-lockfile', '--prod=false'];
  const filters = (packages ?? []).flatMap((name) => ['--filter', name]);
  const pnpm = spawnSync('npx', ['-y', 'pnpm@12.21.0', 'install', ...options, ...filters], {
    cwd: root,
    env: { ...env, CI: 'true' }, // pnpm asks nobody whether it may replace a node_modules that another tool made
    encoding: 'utf8',
    shell: windows, // npx is npx.cmd there
    maxBuffer: 64 * 1024 * 1024,
  });
  if (pnpm.status !== 0) {
    console.error(pnpm.error?.message ?? `${pnpm.stdout}${pnpm.stderr}`.trim());
    refuse('The dependencies could not be installed (see above). This step needs npm and the npm registry.');
  }
  writeFileSync(stampFile, stamp);
}

function findNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = path.join(root, 'node_modules', `node-${platform}`, 'bin', file);
  if (existsSync(installed)) return installed;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  return refuse(
    `Hearth brings its own Node for Linux and Windows, but not for ${platform}: ` +
      `please install Node 24 (https://nodejs.org), this is ${process.versions.node}.`,
  );
}
