// Runs on Node 20 before anything is installed: import only modules of Node here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const stampFile = path.join(root, 'node_modules', '.hearth-installed');

/** Prints a message and ends the process with exit code 1. */
export function refuse(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/**
 * Installs the dependencies of the lockfile unless they are installed, and finds the Node to use.
 * @param {string[]} [packages] the workspace packages whose dependencies are needed (default: all)
 * @returns {{ node: string, env: NodeJS.ProcessEnv }} the Node to use; `env.PATH` has it first
 */
export function setUp(packages) {
  install(packages);
  const node = findNode();
  const searchPath = [path.dirname(node), path.join(root, 'node_modules', '.bin'), process.env.PATH];
  return { node, env: { ...process.env, PATH: searchPath.join(path.delimiter) } };
}

/** With these, Node 22.12 runs TypeScript; Node 24 needs no options. */
export const typescriptFlags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];

function install(packages) {
  const lockfile = createHash('sha256')
    .update(readFileSync(path.join(root, 'pnpm-lock.yaml')))
    .update(platform)
    .digest('hex');
  const installed = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  const stamp = [lockfile, ...(packages ?? [])].join(' ');
  if (installed === lockfile || installed === stamp) return; // all packages, or these

  console.log('Installing the dependencies (about a minute; only when they change) …');
  const { NODE_ENV: _, ...env } = process.env; // with NODE_ENV=production, pnpm would not install the packages that build the page
  const windows = process.platform === 'win32';
  // --trust-lockfile: the age of the packages was checked when the lockfile was written; checking it again takes minutes on a slow
  // connection. Downloads are still compared with their hashes.
  const options = ['--frozen-lockfile', '--trust-lockfile', '--prod=false'];
  const filters = (packages ?? []).flatMap((name) => ['--filter', name]);
  const pnpm = spawnSync('npx', ['-y', 'pnpm@12.21.0', 'install', ...options, ...filters], {
    cwd: root,
    env: { ...env, CI: 'true' }, // pnpm replaces a node_modules of another tool without asking
    encoding: 'utf8',
    shell: windows, // npx is npx.cmd there
    maxBuffer: 64 * 1024 * 1024,
  });
  if (pnpm.status !== 0) {
    console.error(pnpm.error?.message ?? `${pnpm.stdout}${pnpm.stderr}`.trim());
    refuse(
      'Installing the dependencies failed; see above. This step needs npm and access to the npm registry.',
    );
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
    `Hearth includes Node for Linux and Windows, but not for ${platform}: ` +
      `install Node 24 (https://nodejs.org). This is ${process.versions.node}.`,
  );
}
