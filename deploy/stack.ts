import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** docker-compose.yml as a whole, under a name, a port and image tags of its own, beside whatever else runs here. */
export interface Stack {
  /** Where the gateway listens. */
  url: string;
  /** Name of the container of a service. */
  container(service: string): string;
  /** Runs the Docker client. @returns its standard output. @throws with its standard error when it fails */
  docker(...args: string[]): Promise<string>;
  /** Removes containers, network and images. */
  down(): Promise<void>;
}

/** Builds the images and starts the services; resolves when the gateway can pass on to all of them. */
export async function startStack(): Promise<Stack> {
  const name = `hearth-test-${process.pid}`;
  const port = await freePort();
  const env = {
    ...process.env,
    PATH: `/usr/bin:${process.env.PATH}`, // Debian's client builds without the plugin that a newer one elsewhere may lack
    COMPOSE_PROJECT_NAME: name,
    COMPOSE_DOCKER_CLI_BUILD: '1',
    DOCKER_BUILDKIT: '1',
    HEARTH_PORT: String(port),
    HEARTH_TAG: name,
  };
  const options = { cwd: path.join(import.meta.dirname, '..'), env, maxBuffer: 64 * 1024 * 1024 };
  const run = async (file: string, args: string[]) => (await exec(file, args, options)).stdout.trim();
  const docker = (...args: string[]) => run('docker', args);
  const plugin = await docker('compose', 'version').then(
    () => true,
    () => false,
  );
  const compose = (...args: string[]) => (plugin ? docker('compose', ...args) : run('docker-compose', args));

  const stack: Stack = {
    url: `http://127.0.0.1:${port}`,
    container: (service) => `${name}${plugin ? '-' : '_'}${service}${plugin ? '-' : '_'}1`,
    docker,
    async down() {
      await compose('down', '--volumes', '--timeout', '10');
      await docker('rmi', '--force', `hearth-api:${name}`, `hearth-web:${name}`);
    },
  };
  try {
    await compose('up', '--build', '--detach');
    const health = ['inspect', '--format', '{{.State.Health.Status}}', stack.container('gateway')];
    await until(async () => (await docker(...health)) === 'healthy', 60_000);
  } catch (error) {
    const logs = await compose('logs', '--tail', '50').catch(String);
    await stack.down().catch(console.error);
    throw new Error(`the services did not come up\n${logs}`, { cause: error });
  }
  return stack;
}

/** Asks again until the answer is true. @throws when it is not within `milliseconds` */
export async function until(isSo: () => Promise<boolean>, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not so after ${milliseconds / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject()));
    });
  });
}
