import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
let script: string;
let made: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hearth-describe-'));
  script = path.join(folder, 'deploy/aws/describe.sh');
  made = path.join(folder, 'release.env');
  cpSync(path.join(import.meta.dirname, 'describe.sh'), script);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('each delivery replaces release.env', () => {
  for (const tag of ['one', 'two words']) execFileSync(script, ['registry.example/hearth', tag]);
  expect(readFileSync(made, 'utf8')).toBe('IMAGES=registry.example/hearth\nTAG=two\\ words\n');
  expect(readdirSync(folder).sort()).toEqual(['deploy', 'release.env']);
});

test('a release.env that the script did not write is kept', () => {
  writeFileSync(made, 'TAG=one\nPASSWORD=mine\n');
  const { status, stderr } = spawnSync(script, ['registry.example/hearth', 'two'], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/release\.env was not written by this script; move it to another place\n$/);
  expect(readFileSync(made, 'utf8')).toBe('TAG=one\nPASSWORD=mine\n');
});
