import { spawnSync } from 'node:child_process';
import { buildPage } from './page.mjs';
import { root, setUp, typescriptFlags } from './setup.mjs';

const runtime = setUp();
buildPage(runtime);
const { status } = spawnSync(
  runtime.node,
  [...typescriptFlags, 'pack/src/main.ts', ...process.argv.slice(2)],
  {
    cwd: root,
    env: runtime.env,
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
