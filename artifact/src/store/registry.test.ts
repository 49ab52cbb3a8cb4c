import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRegistry, type Registry } from './registry.ts';

let folder: string;
let registry: Registry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-registry-'));
  registry = openRegistry(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const seeded = (seed: number) => tinyArtifact((draft) => Object.assign(draft.engine, { seed }));
const other = () => seeded(2);

/** Publishes so many models. @returns their versions, oldest first */
async function publishSeveral(count: number): Promise<string[]> {
  const versions: string[] = [];
  for (let seed = 1; seed <= count; seed++) versions.push((await registry.publish(seeded(seed))).version);
  return versions;
}

/** Publishes the tiny model, changes one of its files, and loads it. */
async function loadDamaged(file: string, damage: (path: string) => Promise<void>): Promise<unknown> {
  const { version } = await registry.publish(tinyArtifact());
  await damage(join(folder, version, file));
  return registry.load(version);
}

const replaceIn = (from: string | RegExp, to: string) => async (path: string) =>
  writeFile(path, (await readFile(path, 'utf8')).replace(from, to));

test('a published version answers', async () => {
  const { version, added } = await registry.publish(tinyArtifact());
  expect(added).toBe(true);
  expect(version).toMatch(/^1-[0-9a-f]{7}$/);
  expect((await registry.load(version)).predict({ age: 60, sex: 'male' }).answer).toBeCloseTo(0.7, 15);
});

test('the same content is not published twice', async () => {
  const first = await registry.publish(tinyArtifact());
  expect(await registry.publish(tinyArtifact())).toEqual({ version: first.version, added: false });
  expect(await registry.list()).toHaveLength(1);
});

test('any user can read the files of a version, and no temporary file stays', async () => {
  const { version } = await registry.publish(tinyArtifact());
  expect((await stat(join(folder, version, 'model.json'))).mode & 0o444).toBe(0o444);
  expect((await stat(join(folder, version))).mode & 0o555).toBe(0o555);
  expect((await readdir(folder)).sort()).toEqual(['.hearth.lock', version, 'journal.jsonl']);
});

test('a promotion puts a version into production and returns the one before', async () => {
  const first = await registry.publish(tinyArtifact());
  const second = await registry.publish(other());
  expect(await registry.promote('latest')).toEqual({ version: second.version, previous: null });
  expect(await registry.promote('1-')).toEqual({ version: first.version, previous: second.version });
  expect(await registry.production()).toBe(first.version);
  const journal = await registry.journal();
  expect(journal.map(({ action, version }) => [action, version])).toEqual([
    ['publish', first.version],
    ['publish', second.version],
    ['promote', second.version],
    ['promote', first.version],
  ]);
  expect((await registry.list()).map(({ production }) => production)).toEqual([true, false]);
});

test('an unknown or ambiguous version is not promoted', async () => {
  await publishSeveral(10);
  await expect(registry.promote('77')).rejects.toThrow('there is no version "77"');
  await expect(registry.promote('1')).rejects.toThrow('could be 1-');
});

test('without a version in production the message says what to do', async () => {
  await expect(registry.production()).rejects.toThrow('promote one with: hearth promote latest --model');
});

test('a broken aliases.json is named', async () => {
  for (const text of [
    '{"production": "../../etc"}',
    '{"staging": null}',
    '[]',
    '["1-aaaaaaa"]',
    'null',
    '7',
  ]) {
    await writeFile(join(folder, 'aliases.json'), text);
    await expect(registry.production(), text).rejects.toThrow(
      'aliases.json cannot be used: it is not an object such as {"production": "3-8f1c2a9"};',
    );
  }
  await writeFile(join(folder, 'aliases.json'), '{');
  await expect(registry.production()).rejects.toThrow('aliases.json cannot be used: it is not JSON');
});

test('a promotion replaces a broken aliases.json', async () => {
  const { version } = await registry.publish(tinyArtifact());
  await writeFile(join(folder, 'aliases.json'), 'garbage');
  await expect(registry.rollback()).rejects.toThrow('aliases.json cannot be used');
  await expect(registry.prune(1)).rejects.toThrow('aliases.json cannot be used');
  await registry.promote(version);
  expect(await registry.production()).toBe(version);
});

test('publishing while aliases.json is broken does not change the version in production', async () => {
  const [first, second] = await publishSeveral(2);
  for (const version of [first, second]) await registry.promote(version);
  await writeFile(join(folder, 'aliases.json'), '');
  await registry.publish(seeded(3));
  expect(await registry.intended()).toMatchObject({ version: second, fault: { code: 'BAD_ALIASES' } });
  expect(await registry.promote('latest')).toMatchObject({
    previous: second,
    setAside: expect.stringMatching(/^aliases\.json\.broken-/),
  });
  expect(await registry.rollback()).toMatchObject({ version: second });
  expect(await registry.rollback()).toMatchObject({ version: first });
});

test('without aliases.json prune keeps the last version in production', async () => {
  const [first] = await publishSeveral(3);
  await registry.promote(first);
  await rm(join(folder, 'aliases.json'));
  expect((await registry.prune(1)).spared).toEqual([{ version: first, why: 'it was in production last' }]);
  expect(await registry.intended()).toMatchObject({ version: first });
});

test.each<[string, string, (path: string) => Promise<void>, string]>([
  ['without trees', 'forest.safetensors', (path) => rm(path), 'missing check: 1-'],
  ['without a manifest', 'model.json', (path) => rm(path), 'has no model.json'],
  [
    'with trees cut short',
    'forest.safetensors',
    (path) => truncate(path, 100),
    'size check: forest.safetensors has 100',
  ],
  [
    'with a manifest cut short',
    'model.json',
    (path) => truncate(path, 100),
    'manifest check: model.json is not JSON',
  ],
  [
    'of a newer format',
    'model.json',
    replaceIn('"format": 1', '"format": 3'),
    'format check: model.json has format 3',
  ],
  [
    'with a wrong member',
    'model.json',
    replaceIn('"name": "tiny"', '"name": 7'),
    'manifest check: model.json, name',
  ],
  [
    'with an unknown member',
    'model.json',
    replaceIn('"name"', '"run": "me", "name"'),
    'manifest check: model.json',
  ],
  ['with a changed text', 'model.json', replaceIn('Tiny', 'Tony'), 'hash check: the content of 1-'],
])('a version %s is refused', async (_name, file, damage, reason) => {
  await expect(loadDamaged(file, damage)).rejects.toThrow(reason);
});

test('trees of the right size and wrong content are refused', async () => {
  const flip = async (path: string) => {
    const bytes = await readFile(path);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(path, bytes);
  };
  await expect(loadDamaged('forest.safetensors', flip)).rejects.toThrow(
    'hash check: forest.safetensors does not match its hash',
  );
});

test('a version that cannot be loaded is not promoted', async () => {
  const { version } = await registry.publish(tinyArtifact());
  await rm(join(folder, version, 'forest.safetensors'));
  await expect(registry.promote(version)).rejects.toThrow('missing check');
  await expect(registry.production()).rejects.toThrow('no version is in production');
});

test('the content of a damaged version is published again', async () => {
  const { version } = await registry.publish(tinyArtifact());
  await truncate(join(folder, version, 'forest.safetensors'), 100);
  const again = await registry.publish(tinyArtifact());
  expect(again).toEqual({ version: version.replace('1-', '2-'), added: true });
  expect((await registry.load(again.version)).version).toBe(again.version);
});

test('an artifact that could not serve is not published', async () => {
  const wrong = tinyArtifact((draft) => Object.assign(draft.golden[0], { answer: 0.9 }));
  await expect(registry.publish(wrong)).rejects.toThrow('golden check');
  expect(await readdir(folder)).toEqual(['.hearth.lock']);
});

test('each rollback goes further back, and never to a version that was rolled back', async () => {
  const [first, second, third] = await publishSeveral(3);
  for (const version of [first, second, first, third]) await registry.promote(version);
  expect(await registry.rollback('wrong at night')).toEqual({ version: first, previous: third });
  expect(await registry.rollback()).toEqual({ version: second, previous: first });
  expect(await registry.rollback()).toEqual({ version: first, previous: second });
  await expect(registry.rollback()).rejects.toThrow(
    `no version that was in production before ${first} is left`,
  );
  await registry.promote(second);
  expect(await registry.rollback()).toEqual({ version: first, previous: second });
  expect((await registry.journal()).find(({ action }) => action === 'rollback')).toMatchObject({
    version: first,
    previous: third,
    reason: 'wrong at night',
  });
});

test('a rollback to a damaged version is refused, and a removed version is skipped', async () => {
  const [first, second, third] = await publishSeveral(3);
  for (const version of [first, second, third]) await registry.promote(version);
  await truncate(join(folder, second, 'model.json'), 100);
  await expect(registry.rollback()).rejects.toThrow(`${second} cannot serve: manifest check`);
  expect(await registry.production()).toBe(third);
  await rm(join(folder, second), { recursive: true });
  expect(await registry.rollback()).toEqual({ version: first, previous: third });
});

test('prune keeps the newest versions, the one in production, and those of rollbacks', async () => {
  const versions = await publishSeveral(9);
  const [, second, third, fourth, fifth, , , eighth, ninth] = versions;
  for (const version of [second, third, fourth, fifth]) await registry.promote(version);
  await registry.rollback();
  await registry.promote(third);
  const { removed, spared } = await registry.prune(2);
  expect(spared).toEqual([
    { version: third, why: 'it is in production' },
    { version: fourth, why: 'the next rollback would restore it' },
    { version: fifth, why: 'the last rollback replaced it' },
  ]);
  expect((await registry.list()).map(({ version }) => version)).toEqual([
    third,
    fourth,
    fifth,
    eighth,
    ninth,
  ]);
  expect(removed).toHaveLength(4);
  expect((await registry.journal()).filter(({ action }) => action === 'prune')).toHaveLength(4);
});

test('a version with another alias stays, and so does the alias', async () => {
  const [first] = await publishSeveral(3);
  await writeFile(join(folder, 'aliases.json'), JSON.stringify({ staging: first }));
  await registry.promote('latest');
  expect((await registry.prune(1)).spared).toEqual([{ version: first, why: 'the alias staging names it' }]);
});

test('the number of a removed version is not given again', async () => {
  const [, second] = await publishSeveral(2);
  await rm(join(folder, second), { recursive: true });
  expect((await registry.publish(seeded(3))).version).toMatch(/^3-/);
});

test('the next number is given also after a found entry without a version', async () => {
  const { version } = await registry.publish(tinyArtifact());
  await registry.promote(version);
  await rm(join(folder, 'aliases.json'));
  await registry.publish(seeded(2));
  expect((await registry.journal()).map(({ version }) => version)).toContain(null);
  expect((await registry.publish(seeded(3))).version).toMatch(/^3-/);
});

test('below a file nothing is published', async () => {
  await writeFile(join(folder, 'file'), '');
  const nowhere = openRegistry(join(folder, 'file', 'below'));
  await expect(nowhere.publish(tinyArtifact())).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('a registry finds a version by the beginning of its name, its stand-ins and its faults', async () => {
  const [first, second] = await publishSeveral(2);
  for (const version of [first, second]) await registry.promote(version);
  expect(await registry.find('2')).toBe(second);
  expect(await registry.standIns()).toEqual([first]);
  await rm(join(folder, second), { recursive: true });
  expect(await registry.faults()).toEqual([`the alias production names ${second}, which does not exist`]);
  expect(await registry.unreadable()).toEqual({ aliases: [], journal: [] });
});

test('the gate’s evidence and the reason to overrule it are in the journal', async () => {
  const { version } = await registry.publish(tinyArtifact());
  const because = {
    evidence: { brier: { mean: 0.01 } },
    decision: 'refused',
    reason: 'the champion is broken',
  };
  await registry.promote(version, { ...because, champion: null });
  expect((await registry.journal()).at(-1)).toMatchObject({ action: 'promote', version, ...because });
});

test('a promotion is refused if the champion of its comparison is not in production any more', async () => {
  const [first, second, third] = await publishSeveral(3);
  await registry.promote(second);
  await expect(registry.promote(third, { champion: first })).rejects.toThrow(
    `production has changed from ${first} to ${second} since the comparison`,
  );
  expect(await registry.production()).toBe(second);
});

test('simultaneous writers wait for one another', async () => {
  const registries = Array.from({ length: 6 }, () => openRegistry(folder));
  const published = await Promise.all(
    registries.flatMap((each, i) => [each.publish(seeded(2 * i)), each.publish(seeded(2 * i + 1))]),
  );
  const numbers = published.map(({ version }) => Number(version.split('-')[0])).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  expect(await registry.journal()).toHaveLength(12);
});

test('the next writer corrects the journal after a promotion that was killed before it took effect', async () => {
  const [first, second] = await publishSeveral(2);
  await registry.promote(first);
  const line = { time: new Date().toISOString(), action: 'promote', version: second, previous: first };
  await writeFile(join(folder, 'journal.jsonl'), `${JSON.stringify(line)}\n`, { flag: 'a' });
  expect(await registry.production()).toBe(first);
  await registry.publish(seeded(3));
  expect((await registry.journal()).at(-2)).toMatchObject({
    action: 'found',
    version: first,
    previous: second,
  });
  await expect(registry.rollback()).rejects.toThrow('was in production before');
});

test('an alias that a person edited counts, also for a rollback', async () => {
  const [first, second] = await publishSeveral(2);
  await registry.promote(first);
  await writeFile(join(folder, 'aliases.json'), JSON.stringify({ production: second }));
  expect(await registry.rollback()).toEqual({ version: first, previous: second });
});

test('a line that a kill cut short is ignored, and removed by the next entry', async () => {
  const [first] = await publishSeveral(2);
  const path = join(folder, 'journal.jsonl');
  await writeFile(path, '{"time":"2026-01-01T00:00:00.000Z","action":"pro', { flag: 'a' });
  expect(await registry.journal()).toHaveLength(2);
  await registry.promote(first);
  expect(await registry.journal()).toHaveLength(3);
  expect(await readFile(path, 'utf8')).not.toContain('"pro\n');
});

test('a last line without its line feed counts', async () => {
  const [first] = await publishSeveral(1);
  const path = join(folder, 'journal.jsonl');
  await truncate(path, (await stat(path)).size - 1);
  expect(await registry.journal()).toHaveLength(1);
  await registry.promote(first);
  expect((await registry.journal()).map(({ action }) => action)).toEqual(['publish', 'promote']);
});

test('a line that is not an entry does not stop serving, but stops rollback and prune', async () => {
  const [first] = await publishSeveral(1);
  await writeFile(join(folder, 'journal.jsonl'), 'nonsense\n', { flag: 'a' });
  await registry.promote(first);
  expect(await registry.production()).toBe(first);
  expect(await registry.list()).toMatchObject([{ version: first, production: true }]);
  await expect(registry.rollback()).rejects.toThrow('journal.jsonl, line 2: not a journal entry');
  await expect(registry.prune(1)).rejects.toThrow('journal.jsonl, line 2');
  await writeFile(join(folder, 'journal.jsonl'), 'more\n', { flag: 'a' });
  await expect(registry.prune(1)).rejects.toThrow('journal.jsonl, line 2, 4: not a journal entry');
});

test('prune removes only published files', async () => {
  const [first, second, third] = await publishSeveral(3);
  await writeFile(join(folder, first, 'notes.md'), 'why we tried it');
  await rm(join(folder, second), { recursive: true });
  await writeFile(join(folder, second), 'a file of this name');
  await registry.promote(third);
  expect(await registry.prune(1)).toEqual({
    removed: [],
    spared: [
      { version: first, why: 'it holds notes.md, which was not published' },
      { version: second, why: 'it is not a folder' },
    ],
  });
  expect(await readFile(join(folder, first, 'notes.md'), 'utf8')).toBe('why we tried it');
  expect(await readFile(join(folder, second), 'utf8')).toBe('a file of this name');
});

test('promoting the same version again restores a lost aliases.json, and otherwise changes nothing', async () => {
  const [first, second] = await publishSeveral(2);
  await registry.promote(second);
  expect(await registry.promote(second)).toEqual({ version: second, previous: second });
  expect(await registry.journal()).toHaveLength(3);
  await rm(join(folder, 'aliases.json'));
  expect(await registry.promote(second)).toEqual({ version: second, previous: second, restored: true });
  expect(await registry.production()).toBe(second);
  expect(await registry.promote(first, { champion: second })).toEqual({ version: first, previous: second });
});

test('a promotion is refused if there was no champion and now is one, or the reverse', async () => {
  const [first, second] = await publishSeveral(2);
  await expect(registry.promote(second, { champion: first })).rejects.toThrow(
    `production has changed from ${first} to nothing since the comparison`,
  );
  await registry.promote(first, { champion: null });
  await expect(registry.promote(second, { champion: null })).rejects.toThrow(
    `production has changed from nothing to ${first} since the comparison`,
  );
});

test('other aliases stay in aliases.json after a promotion and a rollback', async () => {
  const [first, second] = await publishSeveral(2);
  await writeFile(join(folder, 'aliases.json'), JSON.stringify({ staging: first }));
  const read = async () => JSON.parse(await readFile(join(folder, 'aliases.json'), 'utf8'));
  await registry.promote(first);
  await registry.promote(second);
  expect(await read()).toEqual({ staging: first, production: second });
  await registry.rollback();
  expect(await read()).toEqual({ staging: first, production: first });
  expect(await readFile(join(folder, 'aliases.json'), 'utf8')).toMatch(/^\{\n {2}"production": .*\n\}\n$/s);
  expect((await registry.journal()).at(-1)).not.toHaveProperty('reason');
});

test('without a version in production there is no rollback', async () => {
  await publishSeveral(1);
  await expect(registry.rollback()).rejects.toMatchObject({ code: 'NO_PRODUCTION' });
});

test('a refusal is only written into the journal', async () => {
  const [first] = await publishSeveral(1);
  await registry.refuse(first, { decision: 'it loses', evidence: { rows: 3 } });
  expect((await registry.journal()).at(-1)).toEqual({
    time: expect.any(String),
    action: 'refuse',
    version: first,
    decision: 'it loses',
    evidence: { rows: 3 },
  });
  expect(await registry.intended()).not.toHaveProperty('version');
});

test('prune keeps as many of the newest versions as requested, also if there are fewer', async () => {
  const [first, second, third] = await publishSeveral(3);
  expect(await registry.prune(4)).toEqual({ removed: [], spared: [] });
  expect(await registry.prune(3)).toEqual({ removed: [], spared: [] });
  expect(await registry.prune(1)).toEqual({ removed: [first, second], spared: [] });
  expect(await registry.prune(0)).toEqual({ removed: [third], spared: [] });
  expect(await registry.list()).toEqual([]);
  expect((await registry.publish(seeded(4))).version).toMatch(/^4-/);
});

test('the target of the last rollback stays, and a foreign file is named with at most a hundred characters', async () => {
  const [first, second, third] = await publishSeveral(3);
  for (const version of [first, second]) await registry.promote(version);
  await registry.rollback();
  await registry.promote(third);
  const why = { to: 'the last rollback restored it', from: 'the last rollback replaced it' };
  expect((await registry.prune(0)).spared).toEqual([
    { version: first, why: 'the next rollback would restore it' },
    { version: second, why: why.from },
    { version: third, why: 'it is in production' },
  ]);
  await registry.promote(second);
  await registry.promote(third);
  const { spared } = await registry.prune(0);
  expect(spared[0]).toEqual({ version: first, why: why.to });
  await registry.promote(second);
  await rm(join(folder, first), { recursive: true });
  await registry.publish(seeded(9));
  const [, , , fourth] = [first, second, third, (await registry.list()).at(-1)?.version ?? ''];
  await writeFile(join(folder, fourth, 'x'.repeat(101)), '');
  const last = (await registry.prune(0)).spared.at(-1);
  expect(last?.version).toBe(fourth);
  expect(last?.why).toMatch(/^it holds x{99,100}[^x].*, which was not published$/);
});

test('of the versions that were rolled back, only the last one stays', async () => {
  const [first, second, third, fourth] = await publishSeveral(4);
  await registry.promote(first);
  for (const version of [second, third]) {
    await registry.promote(version);
    await registry.rollback();
  }
  await registry.promote(fourth);
  const { removed, spared } = await registry.prune(0);
  expect(removed).toEqual([second]);
  expect(spared.map(({ version }) => version)).toEqual([first, third, fourth]);
});

test('an alias is a name of its version', async () => {
  const [first, second] = await publishSeveral(2);
  await expect(registry.find('production')).rejects.toMatchObject({ code: 'NO_PRODUCTION' });
  await writeFile(join(folder, 'aliases.json'), JSON.stringify({ canary: second }));
  expect(await registry.find('canary')).toBe(second);
  await registry.promote(first);
  expect(await registry.find('production')).toBe(first);
  await writeFile(join(folder, 'aliases.json'), JSON.stringify({ production: first, canary: second }));
  expect(await registry.find('canary')).toBe(second);
  expect(await registry.promote('canary')).toMatchObject({ version: second, previous: first });
  await expect(registry.find('constructor')).rejects.toMatchObject({ code: 'UNKNOWN_VERSION' });
  await writeFile(join(folder, 'aliases.json'), '');
  await expect(registry.find('canary')).rejects.toMatchObject({ code: 'BAD_ALIASES' });
  expect(await registry.find('latest')).toBe(second);
});

test('the list shows when a version was rolled back, until it is promoted again', async () => {
  const [first, second, third] = await publishSeveral(3);
  for (const version of [first, second]) await registry.promote(version);
  await registry.rollback();
  const [stays, rolledBack] = await registry.list();
  expect(stays).not.toHaveProperty('rolledBack');
  expect(rolledBack).toMatchObject({ version: second, rolledBack: expect.stringMatching(/^20.*Z$/) });
  await registry.promote(third);
  await writeFile(join(folder, 'aliases.json'), JSON.stringify({ production: second }));
  await registry.promote(third); // instead of the second, which a person has named
  expect((await registry.list())[1]).toEqual(expect.objectContaining({ rolledBack: rolledBack.rolledBack }));
  await registry.promote(second);
  expect((await registry.list())[1]).not.toHaveProperty('rolledBack');
});
