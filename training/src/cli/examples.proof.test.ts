import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../testing/heart.ts';

const main = join(root, 'training/src/cli/main.ts');
const page = readFileSync(join(root, 'docs/examples.md'), 'utf8');

interface Block {
  language: string;
  text: string;
  /** The words before it. */
  before: string;
}

const blocks = [...page.matchAll(/([^`]*)```(\w+)\n(.*?)```/gs)].map(
  ([, before, language, text]): Block => ({ before, language, text }),
);

test('the worked examples run as they are written, and print what the page shows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-examples-'));
  symlinkSync(join(root, 'data'), join(folder, 'data'));
  mkdirSync(join(folder, 'work'));
  const shell = [
    'set -euo pipefail',
    'export MODELS=work/models',
    `hearth() { "${process.execPath}" "${main}" "$@"; }`,
  ].join('\n');
  let printed = '';
  for (const { language, text, before } of blocks) {
    if (language === 'sh') {
      const run = spawnSync('bash', ['-c', `${shell}\n${text}`], { cwd: folder, encoding: 'utf8' });
      expect(run.status, `${text}\n${run.stdout}${run.stderr}`).toBe(0);
      printed = run.stdout;
    }
    if (language === 'json') addMembers(join(folder, fileIn(before)), JSON.parse(text));
    if (language === 'text') for (const line of text.trim().split('\n')) expect(printed).toContain(line);
  }
  rmSync(folder, { recursive: true });
}, 600_000);

/** The file that a block is to be added to. */
const fileIn = (before: string): string =>
  [...`${before}\``.matchAll(/(work\/[\w/.-]+\.json)/g)].at(-1)?.[1] ?? 'work/clinic/datapackage.json';

function addMembers(path: string, members: object): void {
  const descriptor = JSON.parse(readFileSync(path, 'utf8'));
  Object.assign(descriptor.hearth, members);
  writeFileSync(path, JSON.stringify(descriptor));
}
