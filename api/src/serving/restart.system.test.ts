import { execFileSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  cp,
  mkdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { asOrdinaryUser } from '@hearth/artifact/testing/ordinary-user';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { modelsFolder, publishTiny, setAlias, until } from '../../testing/models.ts';
import { buildTestApp } from '../../testing/serve.ts';

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance | undefined;
/** In production before `production`. A version that was rolled back from and one that the gate refused lie whole beside them. */
let earlier: string;
let production: string;

/** Made once: to write it takes a hundred times as long as to copy it, since what is written is forced to the disk. */
let made: Awaited<ReturnType<typeof modelsFolder>>;
beforeAll(async () => {
  made = await modelsFolder();
  const { registry } = made;
  earlier = await publishTiny(registry);
  const rolledBack = await publishTiny(registry, 0.1);
  production = await publishTiny(registry, 0.2);
  const refused = await publishTiny(registry, 0.25);
  await registry.promote(earlier);
  await registry.promote(rolledBack);
  await registry.rollback();
  await registry.promote(production);
  await registry.refuse(refused, { decision: 'it loses' });
});
afterAll(() => made.remove());

beforeEach(async () => {
  folder = await modelsFolder();
  await cp(made.models, folder.models, { recursive: true });
});
afterEach(async () => {
  await app?.close();
  if ((await stat(at(production)).catch(() => undefined))?.isDirectory()) await chmod(at(production), 0o755);
  await folder.remove();
});

const at = (...names: string[]) => join(folder.registry.folder, ...names);
const aliases = () => at('aliases.json');
const journal = () => at('journal.jsonl');
const manifest = () => at(production, 'model.json');
const trees = () => at(production, 'forest.safetensors');

type Damage = () => Promise<unknown>;
const remove =
  (path: () => string): Damage =>
  () =>
    rm(path(), { recursive: true });
const all =
  (...damages: Damage[]): Damage =>
  async () => {
    for (const damage of damages) await damage();
  };
const cut = (path: () => string) => () => truncate(path(), 30);
const forbid = (path: () => string) => () => chmod(path(), 0);
const makeFolder = (path: () => string) => all(remove(path), () => mkdir(path()));
const makeLoop = (path: () => string) => all(remove(path), () => symlink(path(), path()));
const makePipe = (path: () => string) => all(remove(path), async () => execFileSync('mkfifo', [path()]));
const setAliases = (content: string) => () => writeFile(aliases(), content);

async function flipLastBit(): Promise<void> {
  const bytes = await readFile(trees());
  bytes[bytes.length - 1] ^= 1;
  await writeFile(trees(), bytes);
}

/** Replaces the journal's lines of an action by others that are no entries. */
const spoil = (action: string) => async () => {
  const lines = (await readFile(journal(), 'utf8')).split('\n');
  const spoilt = lines.map((line) => (line.includes(`"action":"${action}"`) ? line.slice(20) : line));
  await writeFile(journal(), spoilt.join('\n'));
};

/** Puts a version into production past every check. */
async function aliasWrongGoldenRow(): Promise<void> {
  const artifact = tinyArtifact((draft) => Object.assign(draft.golden[0], { answer: 0.9 }));
  const version = `9-${artifact.sha256.slice(0, 7)}`;
  await mkdir(at(version));
  for (const [name, bytes] of Object.entries(artifact.files)) await writeFile(at(version, name), bytes);
  await setAlias(folder.registry, version);
}

/** Starts a server on what is there, and tells by which version it answers a prediction. */
async function restart(): Promise<{ status: number; version?: string; health: Record<string, unknown> }> {
  return asOrdinaryUser(folder.models, async () => {
    app = await buildTestApp({ models: folder.models });
    const answer = await app.inject({ method: 'POST', url: '/predict', payload: {} });
    const health = (await app.inject('/health')).json();
    expect((await app.inject('/status')).statusCode).toBe(200);
    return { status: answer.statusCode, version: answer.json().model?.version, health };
  });
}

test.each<[string, Damage]>([
  ['its folder is gone', remove(() => at(production))],
  ['its trees are gone', remove(trees)],
  ['its trees are cut short', cut(trees)],
  ['one bit of its trees is another', flipLastBit],
  ['its manifest is empty', () => truncate(manifest(), 0)],
  ['its manifest cannot be read', forbid(manifest)],
  ['its folder cannot be read', forbid(() => at(production))],
  ['its trees are a link to themselves', makeLoop(trees)],
  ['its trees are a pipe', makePipe(trees)],
  ['its manifest is a folder', makeFolder(manifest)],
  [
    'its folder is a file',
    all(
      remove(() => at(production)),
      () => writeFile(at(production), ''),
    ),
  ],
  ['and the last line of the journal is cut short', all(cut(trees), () => appendFile(journal(), '{"time":'))],
  ['and the last line of the journal is unreadable', all(cut(trees), spoil('refuse'))],
  ['and the rollback in the journal is unreadable', all(cut(trees), spoil('rollback'))],
  ['and aliases.json is empty', all(cut(trees), setAliases(''))],
  ['and aliases.json is gone', all(cut(trees), remove(aliases))],
])(
  'with the version in production damaged (%s) a restarted server answers by the one before',
  async (_name, damage) => {
    await damage();
    const { status, version, health } = await restart();
    expect({ status, version }).toEqual({ status: 200, version: earlier });
    expect(health.status).toBe('degraded');
  },
);

test.each<[string, Damage]>([
  ['is gone', remove(aliases)],
  ['is empty', setAliases('')],
  ['is cut short', cut(aliases)],
  ['holds zeros', setAliases('\0'.repeat(40))],
  ['is no JSON', setAliases('garbage')],
  ['is a list', setAliases('[]')],
  ['names nothing', setAliases('{}')],
  ['names what is no version', setAliases('{"production":"../../etc"}')],
  ['names a version that is not there', setAliases('{"production":"99-0000000"}')],
  ['names a version whose golden row does not come out', aliasWrongGoldenRow],
  ['cannot be read', forbid(aliases)],
  ['is a folder', makeFolder(aliases)],
  ['is a link to itself', makeLoop(aliases)],
  ['is a pipe', makePipe(aliases)],
  ['is huge', () => truncate(aliases(), 2 ** 33)],
  ['is empty, and a line of the journal is unreadable', all(setAliases(''), spoil('rollback'))],
])(
  'where aliases.json %s, a restarted server answers by what was in production last',
  async (_name, damage) => {
    await damage();
    const { status, version, health } = await restart();
    expect({ status, version }).toEqual({ status: 200, version: production });
    expect(health.status).toBe('degraded');
  },
);

test.each<[string, Damage]>([
  ['is gone', remove(journal)],
  ['cannot be read', forbid(journal)],
  ['is a folder', makeFolder(journal)],
  ['is a pipe', makePipe(journal)],
  ['ends in a line that is cut short', () => appendFile(journal(), '{"time":"2026-01-01T00')],
  ['holds a line that is no entry', spoil('rollback')],
])('where the journal alone %s, a restarted server answers as before', async (_name, damage) => {
  await damage();
  const { status, version, health } = await restart();
  expect({ status, version }).toEqual({ status: 200, version: production });
  expect(health.status).toBe('ok');
});

test('where the decision that the journal ends with is unreadable, a version that may have been rolled back from comes last', async () => {
  await folder.registry.rollback();
  await all(spoil('rollback'), setAliases(''))();
  expect(await restart()).toMatchObject({ status: 200, version: earlier });
});

test.each<[string, Damage]>([
  [
    'the version before is gone',
    all(
      cut(trees),
      remove(() => at(earlier)),
    ),
  ],
  ['the version before is damaged', all(cut(trees), () => truncate(at(earlier, 'model.json'), 9))],
  ['the journal is gone', all(cut(trees), remove(journal))],
  ['the journal cannot be read', all(cut(trees), forbid(journal))],
  ['aliases.json and the journal are gone', all(remove(aliases), remove(journal))],
  ['aliases.json is empty, and the journal is gone', all(setAliases(''), remove(journal))],
])(
  'a restarted server never answers by a version that was rolled back, refused or only published: %s',
  async (_name, damage) => {
    await damage();
    expect((await restart()).status).toBe(503);
  },
);

test('a version that was rolled back from can stand in after it was promoted again', async () => {
  const { registry } = folder;
  await registry.rollback();
  await registry.promote(production);
  await registry.promote(await publishTiny(registry, 0.15));
  const newest = await registry.production();
  await truncate(at(newest, 'model.json'), 9);
  expect(await restart()).toMatchObject({ status: 200, version: production });
});

test.each<[string, Damage, Damage]>([
  ['its trees are whole again', cut(trees), () => cp(at('copy', 'forest.safetensors'), trees())],
  ['its manifest may be read again', forbid(manifest), () => chmod(manifest(), 0o644)],
  [
    'its folder is back',
    remove(() => at(production)),
    () => cp(at('copy'), at(production), { recursive: true }),
  ],
  [
    'aliases.json and its trees are whole again',
    all(cut(trees), setAliases('')),
    all(
      () => cp(at('copy', 'forest.safetensors'), trees()),
      () => setAlias(folder.registry, production),
    ),
  ],
])('the version in production takes over by itself as soon as %s', async (_name, damage, repair) => {
  await cp(at(production), at('copy'), { recursive: true });
  await damage();
  expect((await restart()).version).toBe(earlier);
  await repair();
  await until(async () => (await app?.inject('/health'))?.json().status === 'ok', 3000);
  expect((await app?.inject('/health'))?.json()).toMatchObject({ model: { version: production } });
});

test.each<[string, () => Promise<unknown>]>([
  ['was promoted', () => openRegistry(join(folder.models, 'aorta')).promote('latest')],
  ['was only published', async () => {}],
  ['lies beside a default that is empty', () => writeFile(join(folder.models, 'default.json'), '')],
])('a second model that %s does not take the first one out', async (_name, change) => {
  await openRegistry(join(folder.models, 'aorta')).publish(tinyArtifact());
  await change();
  expect(await restart()).toMatchObject({ status: 200, version: production });
  expect((await app?.inject('/health'))?.json().model.name).toBe('tiny');
});

test('once default.json can be used again, the model that it names takes over', async () => {
  const other = openRegistry(join(folder.models, 'aorta'));
  await other.publish(tinyArtifact((draft) => Object.assign(draft, { name: 'aorta' })));
  await other.promote('latest');
  await writeFile(join(folder.models, 'default.json'), '{"model":');
  expect((await restart()).health).toMatchObject({ status: 'degraded', model: { name: 'tiny' } });
  await writeFile(join(folder.models, 'default.json'), '{"model":"aorta"}');
  const health = async () => (await app?.inject('/health'))?.json();
  await until(async () => (await health()).status === 'ok', 3000);
  expect((await health()).model.name).toBe('aorta');
});

test('the log says in one line that the server is degraded, and why', async () => {
  await setAliases('')();
  const lines: { msg: string; version?: string; reasons?: string[] }[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  app = await buildTestApp({ models: folder.models, logger });
  const degraded = lines.filter(({ msg }) => msg.startsWith('degraded'));
  expect(degraded).toEqual([expect.objectContaining({ version: production })]);
  expect(degraded[0]?.reasons).toEqual([expect.stringContaining('aliases.json cannot be used: it is empty')]);
});

test('a running server keeps its model when aliases.json goes bad, whatever the journal ends with', async () => {
  await setAlias(folder.registry, earlier);
  expect((await restart()).version).toBe(earlier);
  await setAliases('')();
  await until(async () => (await app?.inject('/health'))?.json().status === 'degraded', 3000);
  expect((await app?.inject('/health'))?.json().model.version).toBe(earlier);
});

test('the status says so, without a path of the server', async () => {
  await all(
    setAliases('{'),
    makeFolder(journal),
    cut(() => at(production, 'model.json')),
  )();
  await restart();
  const { body } = (await app?.inject('/status')) ?? { body: '' };
  expect(JSON.parse(body)).toMatchObject({
    status: 'down',
    refusal: { part: 'aliases' },
    versions: {
      production: null,
      published: 4,
      faults: [expect.stringContaining('journal.jsonl cannot be read')],
      journal: [],
    },
  });
  expect(body).not.toContain(folder.models);
});
