import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hearth-delivered-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, content = '{}'): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), content);
}

/** Delivers the models of the release, with a `hearth` that only says what it was called with. @returns those calls */
function deliver(): string[] {
  const script = `
    release="$FOLDER/release" HEARTH_HOME="$FOLDER/host" live=x
    declare -A pool=([api]="")
    say() { :; }
    . "$PARTS/models.sh"
    hearth() { echo "hearth $*"; }
    deliver_models`;
  const parts = path.join(import.meta.dirname, 'rollout.d');
  const options = { env: { ...process.env, FOLDER: folder, PARTS: parts }, encoding: 'utf8' as const };
  return execFileSync('bash', ['-euo', 'pipefail', '-c', script], options)
    .split('\n')
    .filter((line) => line.startsWith('hearth publish'));
}

test('a rollout delivers an evaluation that was made after its version was delivered, and each only once', () => {
  const aliases = '{ "production": "1-aaaaaaa" }';
  const promoted = '{"action":"promote","version":"4-aaaaaaa"}\n';
  for (const version of ['1-aaaaaaa', '2-bbbbbbb']) write(`release/models/heart/${version}/model.json`);
  for (const version of ['4-aaaaaaa', '5-bbbbbbb']) write(`host/models/heart/${version}/model.json`);
  write('release/models/heart/aliases.json', aliases);
  write('host/models/heart/aliases.json', '{ "production": "4-aaaaaaa" }');
  write('host/models/heart/journal.jsonl', promoted);
  expect(deliver()).toEqual([]);
  write('release/models/heart/evaluations/aaaaaaa/basel.json');
  expect(deliver()).toEqual(['hearth publish /release/heart/1-aaaaaaa']);
  write('host/models/heart/evaluations/aaaaaaa/basel.json');
  expect(deliver()).toEqual([]);
});
