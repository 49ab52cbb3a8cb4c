import { spawn } from 'node:child_process';
import path from 'node:path';
import { root, setUp, typescriptFlags } from './setup.mjs';

const packages = ['hearth', '@hearth/artifact', '@hearth/training', '@hearth/api', '@hearth/web'];

/** Installs what page and API need, and finds the runtime. */
export const setUpServer = () => setUp(packages);

/** Node keeps the compiled sources here, so that only the first start compiles them. */
const compiled = path.join(root, 'node_modules', '.cache', 'hearth');

/**
 * Runs a server until it ends, and ends with its exit code. SIGINT, SIGTERM and the end of npm stop the server as well.
 * @param {{ node: string, env: NodeJS.ProcessEnv }} runtime from `setUpServer`
 * @param {string} file its entry, from the root of the repository
 */
export function runServer({ node, env }, file) {
  const server = spawn(node, [...typescriptFlags, file], {
    cwd: root,
    env: { NODE_COMPILE_CACHE: compiled, ...env },
    stdio: 'inherit',
  });
  // A terminal sends Ctrl+C to the server as well; a second signal would stop it before its requests are answered.
  process.on('SIGINT', () => process.stdin.isTTY || server.kill('SIGINT'));
  process.on('SIGTERM', () => server.kill('SIGTERM'));
  // npm passes SIGTERM to the shell that it started, but not to this process: the shell's end is the only sign of it.
  const shell = process.ppid;
  if (process.env.npm_lifecycle_event) {
    const watch = setInterval(() => {
      if (process.ppid === shell) return;
      clearInterval(watch); // only one signal
      server.kill('SIGTERM');
    }, 200);
    watch.unref();
  }
  server.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}
