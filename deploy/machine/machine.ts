import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../docker.ts';
import { until } from '../stack.ts';

/** A new machine with its own address, ssh and Docker, and no images. */
export interface Machine {
  address: string;
  /** The ssh command with its key, as deploy/send takes it. */
  ssh: string;
  /** Runs a command there. @returns its standard output */
  run(command: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * The machine consists of namespaces of this kernel, so that its Docker engine does not change the network rules of the first one.
 * @throws Error if this user is not root, or sshd, dockerd or ip is missing
 */
export async function startMachine(): Promise<Machine> {
  if (process.getuid?.() !== 0) throw new Error('only root can create a machine for this test; use sudo');
  for (const program of ['/usr/sbin/sshd', '/usr/sbin/dockerd', '/usr/bin/unshare', '/sbin/ip'])
    try {
      accessSync(program);
    } catch (cause) {
      throw new Error(`no ${program}: apt-get install openssh-server docker.io util-linux iproute2`, {
        cause,
      });
    }
  const folder = await mkdtemp(path.join(tmpdir(), 'hearth-machine-'));
  for (const part of ['docker', 'root', 'srv']) await mkdir(path.join(folder, part));
  const ssh = await writeKeys(folder);

  const namespaces = ['--mount', '--net', '--pid', '--uts', '--fork', '--kill-child', '--mount-proc'];
  const boot = path.join(import.meta.dirname, 'boot.sh');
  const machine = spawn('unshare', [...namespaces, boot, folder], { stdio: 'inherit' });
  const ended = once(machine, 'exit');
  const [here, address] = ['198.18.0.1', '198.18.0.2']; // RFC 2544: for tests between machines
  let first: number | undefined;
  const stop = async () => {
    if (first) process.kill(first, 'SIGTERM');
    else machine.kill('SIGKILL');
    await ended; // when its first process, the engine, ends, all others end too
    await rm(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  };
  const far = (command: string) => {
    const [program, ...options] = ssh.split(' ');
    return run(program, [...options, `root@${address}`, command]);
  };
  try {
    first = await childOf(machine.pid as number);
    const link = `hearth${machine.pid}`;
    const ip = (...args: string[]) => execFileSync('ip', args);
    ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(first));
    ip('address', 'add', `${here}/30`, 'dev', link);
    ip('link', 'set', link, 'up');
    const inside = (...args: string[]) =>
      execFileSync('nsenter', ['--net', `--target=${first}`, 'ip', ...args]);
    inside('address', 'add', `${address}/30`, 'dev', 'eth0');
    inside('link', 'set', 'eth0', 'up');
    const isUp = () =>
      far('docker info').then(
        () => true,
        () => false,
      );
    await until(isUp, 30_000);
  } catch (cause) {
    const log = await readFile(path.join(folder, 'dockerd.log'), 'utf8').catch(String);
    await stop();
    throw new Error(`the machine did not come up\n${log}`, { cause });
  }
  return { address, ssh, run: far, stop };
}

/** Creates keys for this run. @returns the ssh command that uses only them */
async function writeKeys(folder: string): Promise<string> {
  for (const name of ['host', 'client'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, name)]);
  const config = [
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/client.pub`,
    'StrictModes no', // the folder is below /tmp
    'PasswordAuthentication no',
    'UsePAM no',
  ];
  await writeFile(path.join(folder, 'sshd_config'), `${config.join('\n')}\n`);
  const [type, key] = (await readFile(path.join(folder, 'host.pub'), 'utf8')).split(' ');
  await writeFile(path.join(folder, 'known_hosts'), `* ${type} ${key}\n`);
  return `ssh -F none -i ${folder}/client -o IdentitiesOnly=yes -o UserKnownHostsFile=${folder}/known_hosts -o BatchMode=yes -o LogLevel=ERROR`;
}

/** The id, in this namespace, of the process that `unshare` forks. */
async function childOf(pid: number): Promise<number> {
  const children = () => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  await until(async () => children() !== '', 5_000);
  return Number(children());
}
