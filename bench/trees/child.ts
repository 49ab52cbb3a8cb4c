import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { type Spec, specArguments } from './spec.ts';

/**
 * Runs a child process with a spec.
 * @param limit seconds after which it is ended
 * @returns its parsed output, or undefined if it did not end in time
 * @throws Error with its standard error if it fails
 */
export async function runChild<T>(command: string[], spec: Spec, limit: number): Promise<T | undefined> {
  const [program, ...args] = command;
  const child = spawn(program, [...args, ...specArguments(spec)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, limit * 1000);
  const [output, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  clearTimeout(timer);
  if (late) return undefined;
  if (code !== 0) throw new Error(`${command.join(' ')} failed:\n${complaint}`);
  return JSON.parse(output);
}
