import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, until } from './stack.ts';

/** A registry of images on this machine. */
export interface Registry {
  /** The prefix of the image names. */
  prefix: string;
  stop(): Promise<void>;
}

/** @throws Error where Debian's docker-registry is not installed */
export async function startRegistry(): Promise<Registry> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hearth-registry-'));
  const port = await freePort();
  const config = path.join(folder, 'config.json'); // JSON is valid YAML
  const storage = { filesystem: { rootdirectory: path.join(folder, 'images') } };
  await writeFile(
    config,
    JSON.stringify({ version: '0.1', log: { level: 'error' }, storage, http: { addr: `127.0.0.1:${port}` } }),
  );
  const registry = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  await once(registry, 'spawn').catch((cause) => {
    throw new Error('no docker-registry: apt-get install docker-registry', { cause });
  });
  const ended = once(registry, 'exit');
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(isUp, 10_000);
  return {
    prefix: `127.0.0.1:${port}/hearth`,
    async stop() {
      registry.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
