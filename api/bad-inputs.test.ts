import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useCommandLine } from '@hearth/training/testing/command-line';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { badFiles, badFlags, badPackages, badRequests } from './testing/bad-inputs.ts';
import { tinyApp } from './testing/serve.ts';

const { hearth, said } = useCommandLine();
const there = process.cwd();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-bad-'));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(there);
  await rm(folder, { recursive: true });
});

/** What a command that must fail prints. */
async function complaint(...args: string[]): Promise<string> {
  const code = await hearth(...args);
  expect(code, `${args.join(' ')}\n${said.printed}`).not.toBe(0);
  expect(said.complained).not.toContain('unexpected');
  return `${said.complained.trim()}\n(exit code ${code})`;
}

const section = (title: string, entries: readonly (readonly [what: string, said: string])[]): string =>
  [`## ${title}`, ...entries.map(([what, text]) => `**${what}**\n\n\`\`\`\n${text}\n\`\`\``)].join('\n\n');

async function ofFiles() {
  const said: [string, string][] = [];
  for (const [what, content, options = []] of badFiles) {
    await writeFile('t.csv', content);
    said.push([what, await complaint('init', 't.csv', '--target', 'y', '--out', 'new', ...options)]);
  }
  return said;
}

async function ofPackages() {
  const [, good] = badFiles[9];
  const said: [string, string][] = [];
  for (const [what, spoil, content = good] of badPackages) {
    const fields = [
      { name: 'x', type: 'integer' },
      { name: 'c', type: 'string' },
      { name: 'y', type: 'string' },
    ];
    const resources = [{ name: 't', path: 't.csv', schema: { fields } }];
    const descriptor = { name: 'toy', resources, hearth: { target: 'y', positive: 'yes' } };
    spoil(descriptor);
    await writeFile('t.csv', content);
    await writeFile('datapackage.json', JSON.stringify(descriptor));
    said.push([what, await complaint('train', '--data', 'datapackage.json')]);
  }
  return said;
}

async function ofFlags() {
  const said: [string, string][] = [];
  for (const [what, args] of badFlags)
    said.push([`${what}: hearth ${args.join(' ')}`, await complaint(...args)]);
  return said;
}

async function ofRequests() {
  const { app, close } = await tinyApp();
  const said: [string, string][] = [];
  for (const [what, payload, type = 'application/json'] of badRequests) {
    const headers = { 'content-type': type };
    const response = await app.inject({ method: 'POST', url: '/predict', headers, payload });
    expect(response.statusCode, what).toBeGreaterThanOrEqual(400);
    const { status, title, detail, errors = [] } = response.json();
    const faults = errors.map(
      (each: { pointer?: string; detail: string }) => `${each.pointer ?? ''}: ${each.detail}`,
    );
    said.push([what, [`${status} ${title}: ${detail}`, ...faults].join('\n')]);
  }
  await close();
  return said;
}

test('each bad input gets a message that says what is wrong, where, and what to do', async () => {
  const count = badFiles.length + badPackages.length + badFlags.length + badRequests.length;
  expect(count).toBeGreaterThanOrEqual(60);
  const note =
    'Written by api/bad-inputs.test.ts; `npm run test:unit -- api/bad-inputs.test.ts -u` writes it again. Read each one as a tired user.';
  const text = [
    `# What Hearth says about ${count} bad inputs\n\n${note}`,
    section('Files: hearth init t.csv --target y', await ofFiles()),
    section('Data packages: hearth train --data datapackage.json', await ofPackages()),
    section('Options', await ofFlags()),
    section('Requests: POST /predict', await ofRequests()),
    '',
  ].join('\n\n');
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'bad-inputs.golden.md'));
});
