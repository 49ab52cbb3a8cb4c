import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildPage } from './page.mjs';
import { refuse, root, setUp, typescriptFlags } from './setup.mjs';

const { node, env } = setUp();
buildPage({ node, env });

const chromium = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
].find((file) => file && existsSync(file));
if (!chromium && process.env.CI === 'true') {
  refuse(
    'No Chromium found; the tests of the page need it. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.',
  );
}
const projects = ['unit', 'system', ...(chromium ? ['browser'] : [])];

const steps = [
  [
    'format and lint',
    '@biomejs/biome/bin/biome',
    'ci',
    '--error-on-warnings',
    ...(process.stdout.isTTY ? [] : ['--colors=off']),
  ],
  ['types', 'typescript/bin/tsc', '-p', '.'],
  ['types of the page', 'typescript/bin/tsc', '-p', 'web'],
  ['unused code', 'knip/bin/knip.js'],
  ['layers and circles', '../scripts/layers.ts'],
  ['secrets', '../scripts/secrets.ts'],
  ['shell scripts', '../scripts/shell.ts'],
  ['tests', 'vitest/vitest.mjs', 'run', ...projects.map((project) => `--project=${project}`)],
];

const colours = process.stdout.isTTY ? {} : { NO_COLOR: '1' };
const failed = [];
for (const [name, script, ...options] of steps) {
  console.log(`\n— ${name}`);
  const began = Date.now();
  const { status } = spawnSync(node, [...typescriptFlags, path.join('node_modules', script), ...options], {
    cwd: root,
    env: { ...env, ...colours, CHROMIUM_PATH: chromium },
    stdio: 'inherit',
  });
  if (status !== 0) failed.push(name);
  console.log(`  ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

console.log();
if (!chromium) console.log('Skipped: the browser tests. To run them: apt-get install chromium');
console.log('Not included: the container tests, which need Docker: npm run test:containers');
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);
