import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { type FileOutput, openFileOutput } from '@hearth/training';

/**
 * A file of results that git keeps, opened before the measuring begins: it replaces what git has, and nothing that git has not.
 * @param goesOn what is there is of a run that this one goes on with
 * @throws InputError for a file with changes that are not committed
 */
export async function openRecord(path: string, { goesOn = false } = {}): Promise<FileOutput> {
  let written: string | undefined;
  const output = await openFileOutput(path, (content) =>
    goesOn || content.toString('utf8') === written || isCommitted(path)
      ? undefined
      : 'has changes that are not committed: commit them, or take them back with git checkout',
  );
  return {
    async write(content) {
      await output.write(content);
      written = content.toString();
    },
  };
}

function isCommitted(path: string): boolean {
  const options = { cwd: dirname(path), encoding: 'utf8' } as const;
  const { status, stdout } = spawnSync('git', ['status', '--porcelain', '--', basename(path)], options);
  return status === 0 && stdout === '';
}
