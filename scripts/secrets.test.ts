import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let repository: string;

beforeEach(() => {
  repository = mkdtempSync(path.join(tmpdir(), 'hearth-secrets-'));
  execFileSync('git', ['init', '--quiet'], { cwd: repository });
});

afterEach(() => rmSync(repository, { recursive: true }));

const write = (file: string, content: string) => writeFileSync(path.join(repository, file), content);

const check = () => {
  const script = path.join(import.meta.dirname, 'secrets.ts');
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  return spawnSync(process.execPath, [...flags, script], { cwd: repository, encoding: 'utf8' });
};

const privateKey = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).privateKey;

test('a private key is found by its content in any file, and is not printed', () => {
  const key = privateKey();
  write('notes.txt', `our machine:\n${key}`);
  const { status, stderr } = check();
  expect(status).toBe(1);
  expect(stderr).toContain('notes.txt:2: found private key');
  expect(stderr).not.toContain(key.split('\n')[1]);
});

test('mlops.pem is found by its name, even if it is empty', () => {
  write('mlops.pem', '');
  const { status, stderr } = check();
  expect(status).toBe(1);
  expect(stderr).toContain('mlops.pem: files with this name');
});

test('a committed key is found like an uncommitted one', () => {
  write(
    'config.py',
    `token = "${['ghp', 'wJalrXUtnFEMIK7MDENGbPxRfiCY0123456789'.slice(0, 36)].join('_')}"\n`,
  );
  execFileSync('git', ['add', '.'], { cwd: repository });
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  execFileSync('git', [...author, 'commit', '--quiet', '-m', 'Add config'], { cwd: repository });
  expect(check().stderr).toContain('config.py:1: found GitHub');
});

test('ignored files and ordinary files are accepted', () => {
  write('.gitignore', 'local/\n*.pem\n');
  write('mine.pem', privateKey());
  write('readme.md', '# the key to success is a public key\n');
  write('trees.bin', '\0\u0001\u0002');
  const { status, stderr } = check();
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
