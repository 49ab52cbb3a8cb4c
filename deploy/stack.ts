import { createServer } from 'node:net';
import { docker, dockerEnvironment, run } from './docker.ts';

/** docker-compose.yml as a whole, under a name and ports of its own, beside whatever else runs here. */
export interface Stack {
  /** Where the gateway listens. */
  url: string;
  /** Where it listens for HTTPS, if it has a certificate. */
  httpsPort: number;
  /** Name of the container of a service. */
  container(service: string): string;
  /** Runs Compose for this stack. @returns its standard output. @throws with its standard error when it fails */
  compose(...args: string[]): Promise<string>;
  /** Removes containers, network and volumes. */
  down(): Promise<void>;
}

/**
 * Starts the services from images that are there; resolves when the gateway can pass on to all of them.
 * @param projectFolder where docker-compose.yml is, with models/ and deploy/gateway/ beside it
 */
export async function startStack(imageTag: string, projectFolder: string): Promise<Stack> {
  const name = `hearth-test-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  const [port, httpsPort] = [await freePort(), await freePort()];
  const env = {
    ...dockerEnvironment,
    COMPOSE_PROJECT_NAME: name,
    HEARTH_PORT: String(port),
    HEARTH_HTTPS_PORT: String(httpsPort),
    HEARTH_TAG: imageTag,
  };
  const plugin = await docker('compose', 'version').then(
    () => true,
    () => false,
  );
  const [client, ...first] = plugin ? ['docker', 'compose'] : ['docker-compose'];
  const compose = (...args: string[]) =>
    run(
      client,
      [
        ...first,
        '--project-directory',
        projectFolder,
        '--file',
        `${projectFolder}/docker-compose.yml`,
        ...args,
      ],
      env,
    );

  const separator = plugin ? '-' : '_';
  const stack: Stack = {
    url: `http://127.0.0.1:${port}`,
    httpsPort,
    container: (service) => [name, service, '1'].join(separator),
    compose,
    async down() {
      await compose('down', '--volumes', '--remove-orphans', '--timeout', '10');
    },
  };
  try {
    await compose('up', '--no-build', '--detach');
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
