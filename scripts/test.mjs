import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { buildPage } from './page.mjs';
import { refuse, root, setUp, typescriptFlags } from './setup.mjs';

const { node, env } = setUp();
buildPage({ node, env });

const chromium = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium-headless-shell', // the same engine without windows takes less processor time
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

const colours = process.stdout.isTTY ? {} : { NO_COLOR: '1' };

/** Each takes one core, so that as many run at once as there are cores. */
const checks = [
  // one checker, because each of the default four checks the types of packages again
  ['types', 'typescript/bin/tsc', '-p', '.', '--checkers', '1'],
  ['layers and circles', '../scripts/layers.ts'],
  ['unused code', 'knip/bin/knip.js'],
  ['types of the page', 'typescript/bin/tsc', '-p', 'web', '--checkers', '1'],
  [
    'format and lint',
    '@biomejs/biome/bin/biome',
    'ci',
    '--error-on-warnings',
    ...(process.stdout.isTTY ? [] : ['--colors=off']),
  ],
  ['secrets', '../scripts/secrets.ts'],
  ['shell scripts', '../scripts/shell.ts'],
];
const tests = ['tests', 'vitest/vitest.mjs', 'run', ...projects.map((project) => `--project=${project}`)];

const failed = [];
const waiting = checks.values();
await Promise.all(Array.from({ length: availableParallelism() }, runChecks));
await run(tests, 'inherit');

async function runChecks() {
  for (const check of waiting) await run(check, 'pipe');
}

/** Runs a step and prints its name, its output and its time; a piped output at its end, in one piece. */
async function run([name, script, ...options], output) {
  if (output === 'inherit') console.log(`\n— ${name}`);
  const began = Date.now();
  const step = spawn(node, [...typescriptFlags, path.join('node_modules', script), ...options], {
    cwd: root,
    env: { ...env, ...colours, CHROMIUM_PATH: chromium },
    stdio: ['inherit', output, output],
  });
  const printed = [];
  for (const stream of [step.stdout, step.stderr]) stream?.on('data', (part) => printed.push(part));
  const [status] = await once(step, 'close');
  if (output === 'pipe') console.log(`\n— ${name}\n${Buffer.concat(printed).toString().trimEnd()}`);
  if (status !== 0) failed.push(name);
  console.log(`  ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

console.log();
if (!chromium) console.log('Skipped: the browser tests. To run them: apt-get install chromium');
console.log('Not included: the container tests, which need Docker: npm run test:containers');
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);
