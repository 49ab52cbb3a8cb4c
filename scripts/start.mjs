import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildPage } from './page.mjs';
import { root, setUp, typescriptFlags } from './setup.mjs';

const { node, env } = setUp(['hearth', '@hearth/artifact', '@hearth/training', '@hearth/api', '@hearth/web']);
buildPage({ node, env });

/** Types are taken out of the sources, and these compiled, by the first start alone. */
const compiled = path.join(root, 'node_modules', '.cache', 'hearth');

const server = spawn(node, [...typescriptFlags, path.join('api', 'src', 'start.ts')], {
  cwd: root,
  env: { NODE_COMPILE_CACHE: compiled, ...env },
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to the server as well; a second one would cut its clean stop short.
process.on('SIGINT', () => process.stdin.isTTY || server.kill('SIGINT'));
process.on('SIGTERM', () => server.kill('SIGTERM'));
// `npm start` ended by SIGTERM takes along only the shell between the two, and would leave the server behind.
const shell = process.ppid;
if (process.env.npm_lifecycle_event) {
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch); // a second signal would cut the clean stop short
    server.kill('SIGTERM');
  }, 200);
  watch.unref();
}
server.on('exit', (code, signal) => process.exit(signal ? 1 : code));
