import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRegistry } from './registry.ts';

const writer = join(import.meta.dirname, '../../testing/full-disk-writer.ts');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-full-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the writer where no file may grow beyond `blocks` of 512 bytes: a write can end half-way, as on a full disk. */
function writeWithin(blocks: number): { published: string; promoted: string } {
  const shell = `ulimit -f ${blocks}; exec "$0" "$@"`;
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  const output = execFileSync('sh', ['-c', shell, process.execPath, ...flags, writer, folder]);
  return JSON.parse(output.toString());
}

test.runIf(process.platform !== 'win32')(
  'a full disk changes nothing, and is reported in one line',
  async () => {
    const registry = openRegistry(folder);
    const first = await registry.publish(tinyArtifact());
    const second = await registry.publish(tinyArtifact((draft) => Object.assign(draft.engine, { seed: 2 })));
    await registry.promote(second.version);
    // the journal is 40 bytes below the limit: the new alias, written before, fits, and the journal’s next line is cut in the middle
    const path = join(folder, 'journal.jsonl');
    const reason = 'x'.repeat(4096 - 40 - (await readFile(path)).length - 130);
    const line = {
      time: new Date().toISOString(),
      action: 'promote',
      version: second.version,
      previous: null,
      reason,
    };
    await writeFile(path, `${JSON.stringify(line)}\n`, { flag: 'a' });
    const before = await readFile(path, 'utf8');
    expect(4096 - before.length).toBeGreaterThan(0);
    expect(4096 - before.length).toBeLessThan(100);

    const full = `RegistryError: there is no room to write to ${folder}: the disk is full or a size limit is reached; nothing was changed`;
    expect(writeWithin(8)).toEqual({ published: full, promoted: full });

    expect(await readFile(path, 'utf8')).toBe(before);
    expect((await readdir(folder)).sort()).toEqual(
      ['.hearth.lock', first.version, second.version, 'aliases.json', 'journal.jsonl'].sort(),
    );
    expect(await registry.production()).toBe(second.version);
    expect(await registry.promote('1-')).toEqual({ version: first.version, previous: second.version });
  },
);
