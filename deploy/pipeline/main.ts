import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { stagesOf } from './stages.ts';

/**
 * Prints the stages that the pipeline must run for the changes between two commits.
 * Usage: npm run -s stages -- [OLD [NEW]]. Without OLD, or if this clone does not have it: all stages.
 */
const [old, now = 'HEAD'] = process.argv.slice(2);
console.log(stagesOf(old ? changedFiles(old, now) : undefined).join(' '));

function changedFiles(from: string, to: string): string[] | undefined {
  const git = spawnSync('git', ['diff', '--name-only', '-z', `${from}...${to}`, '--'], {
    cwd: path.join(import.meta.dirname, '../..'),
    encoding: 'utf8',
  });
  if (git.error) throw git.error;
  if (git.status !== 0) {
    console.error(`all stages, because the changes are unknown: ${git.stderr.trim()}`);
    return undefined;
  }
  return git.stdout.split('\0').filter((file) => file !== '');
}
