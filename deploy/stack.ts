import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { docker, dockerEnvironment, run } from './docker.ts';

/** Where docker-compose.yml runs, with a project name and ports of its own. */
export interface Place {
  name: string;
  /** Where docker-compose.yml is, next to models/ and deploy/gateway/. */
  folder: string;
  imageTag: string;
  port: number;
  httpsPort: number;
  /** The command of Compose on this machine: `docker compose` or `docker-compose`. */
  client: string[];
}

export interface Stack {
  /** Where docker-compose.yml is. */
  folder: string;
  /** Where the gateway listens. */
  url: string;
  /** Where it listens for HTTPS, if it has a certificate. */
  httpsPort: number;
  /** Name of the container of a service; there are two of API and page. */
  container(service: string, number?: 1 | 2): string;
  /** Runs Compose for this stack. @returns its standard output. @throws with its standard error when it fails */
  compose(...args: string[]): Promise<string>;
  /** Removes containers, network and volumes. */
  down(): Promise<void>;
}

/** @returns an unused name and free ports */
export async function findPlace(imageTag: string, folder: string): Promise<Place> {
  const client = await docker('compose', 'version').then(
    () => ['docker', 'compose'],
    () => ['docker-compose'],
  );
  const name = `hearth-test-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  return { name, folder, imageTag, port: await freePort(), httpsPort: await freePort(), client };
}

/** The services at a place; they need not run. */
export function stackAt({ name, folder, imageTag, port, httpsPort, client }: Place): Stack {
  const env = {
    ...dockerEnvironment,
    COMPOSE_PROJECT_NAME: name,
    HEARTH_PORT: String(port),
    HEARTH_HTTPS_PORT: String(httpsPort),
    HEARTH_GRPC_PORT: '127.0.0.1:0', // any free port
    HEARTH_TAG: imageTag,
  };
  const [program, ...first] = client;
  const where = ['--project-directory', folder, '--file', `${folder}/docker-compose.yml`];
  const compose = (...args: string[]) => run(program, [...first, ...where, ...args], env);
  const separator = program === 'docker' ? '-' : '_';
  return {
    folder,
    url: `http://127.0.0.1:${port}`,
    httpsPort,
    container: (service, number = 1) => [name, service, number].join(separator),
    compose,
    async down() {
      await compose('down', '--volumes', '--remove-orphans', '--timeout', '10');
    },
  };
}

/** Starts the services from existing images; resolves when the gateway is ready. */
export async function startStack(place: Place): Promise<Stack> {
  const stack = stackAt(place);
  try {
    await stack.compose('up', '--no-build', '--detach');
    await until(
      () =>
        fetch(`${stack.url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      60_000,
    );
  } catch (error) {
    const logs = await stack.compose('logs', '--tail', '50').catch(String);
    await stack.down().catch(console.error);
    throw new Error(`the services did not come up\n${logs}`, { cause: error });
  }
  return stack;
}

/** Repeats until the result is true. @throws if it is not within `milliseconds` */
export async function until(isSo: () => Promise<boolean>, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`still not true after ${milliseconds / 1000} s`);
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

/** Copies what Compose needs from the checkout to a new folder: tests promote there and do not change the checkout's models. */
export interface Project {
  folder: string;
  remove(): Promise<void>;
}

const parts = ['docker-compose.yml', 'deploy/gateway', 'models', 'data'];

export async function copyProject(): Promise<Project> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hearth-project-'));
  const checkout = path.join(import.meta.dirname, '..');
  for (const part of parts) {
    await cp(path.join(checkout, part), path.join(folder, part), {
      recursive: true,
      filter: (file) => !/\/certificates$|\/\.hearth/.test(file),
    });
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
