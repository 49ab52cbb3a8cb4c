import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { refuse, root, setUp, typescriptFlags } from './setup.mjs';

const engine = spawnSync('docker', ['info'], { stdio: 'ignore' });
if (engine.status !== 0) {
  const missing = 'Docker does not respond; the container tests need it.';
  if (process.env.CI === 'true') refuse(missing);
  console.log(`Skipped. ${missing}`);
  process.exit(0);
}

const { node, env } = setUp();
const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  node,
  [...typescriptFlags, vitest, 'run', '--project=containers', ...process.argv.slice(2)],
  {
    cwd: root,
    env: process.stdout.isTTY ? env : { ...env, NO_COLOR: '1' },
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
