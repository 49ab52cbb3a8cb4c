import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { dockerEnvironment } from '../docker.ts';
import { freePort } from '../stack.ts';

const exec = promisify(execFile);
const root = path.join(import.meta.dirname, '../..');

export interface Push {
  /** Exit code of deploy/rollout. */
  code: number;
  /** The output of the remote. */
  output: string;
}

/** A host for the rehearsal: a repository that rolls out every push, with its own home, port and images. */
export interface Host {
  name: string;
  url: string;
  httpsPort: number;
  grpcPort: number;
  /** The folder with all its files. */
  folder: string;
  /** Its HEARTH_HOME. */
  home: string;
  /** Whether `home` is a file system of its own, which can be filled; only root can create one. */
  small: boolean;
  /** The checkout that is changed and pushed. */
  work: string;
  docker(...args: string[]): Promise<string>;
  /** Ids of the running instances of a service. */
  instances(service: string): Promise<string[]>;
  /** @param settings environment variables for this push */
  push(message: string, settings?: NodeJS.ProcessEnv): Promise<Push>;
  /** Reverts the last change in the checkout; the next push includes this. */
  revert(): Promise<void>;
  remove(): Promise<void>;
}

/** Whether an image has the tag of a rehearsal, or one that deploy/rollout derives from it. Tags of other rehearsals can have the same beginning. */
export function isTagOf(name: string, image: string): boolean {
  const tag = image.slice(image.lastIndexOf(':') + 1);
  return tag === name || tag.startsWith(`${name}-`);
}

/** @returns a host without any push; its checkout is `commit` of this repository */
export async function makeHost(commit: string, suffix = ''): Promise<Host> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hearth-rehearsal-'));
  const [home, work, remote, releases] = ['home', 'work', 'remote.git', 'releases'].map((name) =>
    path.join(folder, name),
  );
  const name = `hearth-rehearsal-${process.pid}${suffix}`;
  const port = await freePort();
  const httpsPort = await freePort();
  const grpcPort = await freePort();
  const env = {
    ...dockerEnvironment,
    COMPOSE_PROJECT_NAME: name,
    HEARTH_HOME: home,
    HEARTH_PORT: String(port),
    HEARTH_HTTPS_PORT: String(httpsPort),
    HEARTH_GRPC_PORT: String(grpcPort),
    HEARTH_TAG: name,
    RELEASES: releases,
  };
  const run = async (file: string, args: string[], cwd: string) =>
    (await exec(file, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=Rehearsal', '-c', 'user.email=rehearsal@example.org', ...args], work);
  const docker = (...args: string[]) => run('docker', args, folder);
  const labelled = ['--filter', `label=hearth.project=${name}`];

  await mkdir(work);
  await mkdir(home);
  const small = process.getuid?.() === 0;
  if (small) await run('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', home], folder);
  await run('git', ['init', '--quiet', '--bare', remote], folder);
  await cp(path.join(import.meta.dirname, 'post-receive'), path.join(remote, 'hooks/post-receive'));
  await exec('bash', ['-o', 'pipefail', '-c', `git archive "${commit}" | tar -x -C "${work}"`], {
    cwd: root,
  });
  await git('init', '--quiet', '--initial-branch=main');

  let removed: Promise<void> | undefined; // once, even if a signal arrives during the removal
  async function remove(): Promise<void> {
    const containers = (await docker('ps', '--all', '--quiet', ...labelled)).split('\n').filter(Boolean);
    if (containers.length > 0) await docker('rm', '--force', ...containers);
    await docker('network', 'rm', `${name}_production`).catch(console.error); // absent if the first push failed
    const images = await docker('images', '--format', '{{.Repository}}:{{.Tag}}');
    const own = images.split('\n').filter((image) => isTagOf(name, image));
    if (own.length > 0) await docker('rmi', '--force', ...own);
    if (small) await run('umount', [home], folder);
    await rm(folder, { recursive: true });
  }

  return {
    name,
    url: `http://127.0.0.1:${port}`,
    httpsPort,
    grpcPort,
    folder,
    home,
    small,
    work,
    docker,
    instances: async (service) =>
      (await docker('ps', '--quiet', ...labelled, '--filter', `label=hearth.service=${service}`))
        .split('\n')
        .filter(Boolean),
    async push(message, settings) {
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '--message', message);
      const { stderr } = await exec('git', ['push', remote, 'main'], {
        cwd: work,
        env: { ...env, ...settings },
        maxBuffer: 64 * 1024 * 1024,
      });
      const code = stderr.match(/exit code (\d+)/)?.[1];
      if (code === undefined) throw new Error(`the remote did not roll out:\n${stderr}`);
      return { code: Number(code), output: stderr };
    },
    revert: async () => {
      await git('revert', '--no-edit', 'HEAD');
    },
    remove: () => (removed ??= remove()),
  };
}
