import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** The environment of every Docker command: BuildKit, also with docker-compose 1.29. */
export const dockerEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `/usr/bin:${process.env.PATH}`, // Debian's client first: a newer one elsewhere may lack the buildx plugin
  COMPOSE_DOCKER_CLI_BUILD: '1',
  DOCKER_BUILDKIT: '1',
};

/**
 * Runs a program in the root of the checkout.
 * @returns its standard output, trimmed
 * @throws Error with its standard error when it fails
 */
export async function run(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = dockerEnvironment,
): Promise<string> {
  const cwd = path.join(import.meta.dirname, '..');
  return (await exec(file, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
}

/** Runs Docker's client; as `run`. */
export const docker = (...args: string[]): Promise<string> => run('docker', args);

/** Kills the process of a container without Docker: after `docker kill`, Docker counts it as stopped on purpose and does not restart it. */
export async function crash(container: string): Promise<void> {
  const state = (field: string) => docker('inspect', '--format', `{{.${field}}}`, container);
  const kill = `process.kill(${await state('State.Pid')}, 'SIGKILL')`;
  const asRoot = ['--pid=host', '--user=0:0', '--entrypoint=/nodejs/bin/node'];
  await docker('run', '--rm', ...asRoot, await nodeImage(), '-e', kill);
}

/** Any image with Node; the gateway's image has none. */
const nodeImage = () =>
  docker('images', '--quiet', '--filter', 'label=org.opencontainers.image.title=hearth-api').then(
    (ids) => ids.split('\n')[0],
  );
