import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { registryError } from './errors.ts';

/**
 * Takes the lock of flock(1), for a Node without SQLite, unless another writer has it. The command holds it until its input ends, so it
 * is released too when this process is killed. It does not exclude a writer on a newer Node, which takes SQLite's lock.
 * @returns a function that releases the lock; undefined if it is taken
 * @throws RegistryError NO_LOCK or NO_LOCK_COMMAND
 */
export async function lockByCommand(path: string): Promise<(() => void) | undefined> {
  const command = spawn('flock', ['-n', path, 'sh', '-c', 'echo locked; exec cat']);
  let complaint = '';
  command.stderr.on('data', (text) => (complaint += text));
  const locked = once(command.stdout, 'data').then(() => true);
  const ended = once(command, 'close').then(() => false);
  try {
    if (await Promise.race([locked, ended])) return () => command.stdin.end();
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw registryError(missing ? 'NO_LOCK_COMMAND' : 'NO_LOCK', path, cause);
  }
  if (complaint === '') return undefined;
  throw registryError('NO_LOCK', path, new Error(complaint.trim()));
}
