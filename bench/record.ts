import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { type FileOutput, openFileOutput } from '@hearth/training';

/**
 * Opens a file of results before a measurement. The results replace the committed content, never uncommitted changes.
 * @param goesOn the file may have uncommitted changes, because this run continues an earlier one
 * @throws InputError for a file with uncommitted changes
 */
export async function openRecord(path: string, { goesOn = false } = {}): Promise<FileOutput> {
  let written: string | undefined;
  const output = await openFileOutput(path, (content) =>
    goesOn || content.toString('utf8') === written || isCommitted(path)
      ? undefined
      : 'has uncommitted changes: commit them, or discard them with git checkout',
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
