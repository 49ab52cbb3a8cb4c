import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../docker.ts';
import { until } from '../stack.ts';

/** A machine with an address of its own, ssh and Docker, and nothing that was there before. */
export interface Machine {
  address: string;
  /** The ssh command with its key, as deploy/send takes it. */
  ssh: string;
  /** Runs a command there. @returns its standard output */
  run(command: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Namespaces of this kernel make the machine: a second engine in a network of its own does not touch the rules of the first.
 * @throws Error where this user is not root, or sshd, dockerd or ip are missing
 */
export async function startMachine(): Promise<Machine> {
  if (process.getuid?.() !== 0) throw new Error('only root may make a machine of its own; use sudo');
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
    await ended; // with its first process, the engine, go all the others
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

/** Keys for this one time. @returns the ssh command that knows them and nothing of this user's */
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

/** The process that `unshare` forks, as it is called out here. */
async function childOf(pid: number): Promise<number> {
  const children = () => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  await until(async () => children() !== '', 5_000);
  return Number(children());
}
