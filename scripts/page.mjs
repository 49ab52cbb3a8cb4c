import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { refuse, root } from './setup.mjs';

const page = path.join(root, 'web', 'dist', 'index.html');
const stampFile = path.join(root, 'node_modules', '.hearth-page');
const sources = [
  'pnpm-lock.yaml',
  'artifact/src',
  ...['build', 'public', 'src', 'index.html', 'package.json', 'vite.config.ts'].map((name) => `web/${name}`),
];

/** Builds the page unless `web/dist` was built from the same sources. */
export function buildPage({ node, env }) {
  const stamp = stampOf(sources, env);
  if (existsSync(page) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  rmSync(stampFile, { force: true }); // an interrupted build must not leave a stamp
  console.log('Building the page …');
  const vite = path.join(root, 'web', 'node_modules', 'vite', 'bin', 'vite.js');
  const build = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: path.join(root, 'web'),
    env: { ...env, NODE_ENV: 'production' },
    stdio: 'inherit',
  });
  if (build.status !== 0) refuse('Building the page failed; see above.');
  writeFileSync(stampFile, stamp);
}

/** A hash of the sources, and of the settings VITE_…, which are built into the page. */
function stampOf(names, env) {
  const hash = createHash('sha256');
  for (const name of names.flatMap(filesIn)) {
    hash.update(`${name}\0`).update(readFileSync(path.join(root, name)));
  }
  for (const name of Object.keys(env)
    .filter((key) => key.startsWith('VITE_'))
    .sort()) {
    hash.update(`${name}=${env[name]}\0`);
  }
  return hash.digest('hex');
}

function filesIn(name) {
  const absolute = path.join(root, name);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [name];
  const inside = readdirSync(absolute, { recursive: true }).map((file) => path.join(name, file));
  return inside.filter((file) => statSync(path.join(root, file)).isFile()).sort();
}
