import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildPage } from './page.mjs';
import { root, setUp, typescriptFlags } from './setup.mjs';

const { node, env } = setUp(['hearth', '@hearth/artifact', '@hearth/training', '@hearth/api', '@hearth/web']);
buildPage({ node, env });

/** Node's compile cache: only the first start strips types and compiles. */
const compiled = path.join(root, 'node_modules', '.cache', 'hearth');

const server = spawn(node, [...typescriptFlags, path.join('api', 'src', 'start.ts')], {
  cwd: root,
  env: { NODE_COMPILE_CACHE: compiled, ...env },
  stdio: 'inherit',
});
// A terminal sends Ctrl+C to the server too; a second signal would end it at once.
process.on('SIGINT', () => process.stdin.isTTY || server.kill('SIGINT'));
process.on('SIGTERM', () => server.kill('SIGTERM'));
// When npm is ended by SIGTERM, it ends only the shell between npm and this process: notice that and stop the server.
const shell = process.ppid;
if (process.env.npm_lifecycle_event) {
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch); // a second signal would end the server at once
    server.kill('SIGTERM');
  }, 200);
  watch.unref();
}
server.on('exit', (code, signal) => process.exit(signal ? 1 : code));
