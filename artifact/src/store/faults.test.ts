import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { registryError } from './errors.ts';
import { findUnreadable, readable, registryFaults } from './faults.ts';
import { readIntended, readStandIns } from './intended.ts';
import { openRegistry } from './registry.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-faults-'));
});
afterEach(() => rm(folder, { recursive: true }));

const [first, second, third] = ['1-aaaaaaa', '2-bbbbbbb', '3-ccccccc'];
const make = (...versions: string[]) => Promise.all(versions.map((each) => mkdir(join(folder, each))));
const writeAliases = (aliases: unknown) => writeFile(join(folder, 'aliases.json'), JSON.stringify(aliases));
const time = '2026-01-02T03:04:05.006Z';
const promotion = (version: string, previous: string | null = null) => ({
  time,
  action: 'promote',
  version,
  previous,
});
const writeJournal = (...entries: unknown[]) =>
  writeFile(
    join(folder, 'journal.jsonl'),
    entries.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join(''),
  );

test('a registry in which nothing has happened, and one that is whole, have no faults', async () => {
  expect(await registryFaults(folder)).toEqual([]);
  await make(first, second);
  await writeAliases({ production: second, staging: first });
  await writeJournal(promotion(first), promotion(second, first));
  expect(await registryFaults(folder)).toEqual([]);
  expect(await findUnreadable(folder)).toEqual({ aliases: [], journal: [] });
});

test('names of versions that are gone are told', async () => {
  await make(first);
  await writeAliases({ production: second, before: first, staging: third });
  await writeJournal(promotion(second));
  expect(await registryFaults(folder)).toEqual([
    `production names ${second}, which does not exist`,
    `staging names ${third}, which does not exist`,
  ]);
});

const interrupted =
  'a command was interrupted or the file was changed; the next command adds the change to the journal';

test.each([
  [{ production: first }, [], `the journal ends with nothing in production, aliases.json names ${first}`],
  [{}, [promotion(first)], `the journal ends with ${first} in production, aliases.json names nothing`],
  [
    { production: first },
    [promotion(second)],
    `the journal ends with ${second} in production, aliases.json names ${first}`,
  ],
])(
  'where aliases.json says %j and the journal something else, both are told',
  async (aliases, entries, told) => {
    await make(first, second);
    await writeAliases(aliases);
    await writeJournal(...entries);
    expect(await registryFaults(folder)).toEqual([`${told}: ${interrupted}`]);
  },
);

test('each line of the journal that is no entry is told, and the rest is compared all the same', async () => {
  await make(first);
  await writeAliases({ production: first });
  await writeJournal('nonsense', promotion(first), '{}');
  const lines = [1, 3].map(
    (line) => `${join(folder, 'journal.jsonl')}, line ${line}: is not a journal entry`,
  );
  expect(await findUnreadable(folder)).toEqual({ aliases: [], journal: lines });
  expect(await registryFaults(folder)).toEqual(lines);
  await writeAliases({});
  expect(await registryFaults(folder)).toEqual([...lines, expect.stringContaining(interrupted)]);
});

test('what cannot be read is told, and not compared', async () => {
  await make(first);
  await writeAliases(7);
  await mkdir(join(folder, 'journal.jsonl'));
  const broken = [
    `${join(folder, 'aliases.json')} cannot be used: it does not name a version; replace it with: hearth promote VERSION`,
    `${join(folder, 'journal.jsonl')} cannot be read: it is not a plain file, so the version that was in production before is not known`,
  ];
  expect(await registryFaults(folder)).toEqual(broken);
  expect(await findUnreadable(folder)).toEqual({ aliases: [broken[0]], journal: [broken[1]] });
  await writeAliases({ production: first });
  expect(await registryFaults(folder)).toEqual([broken[1]]);
});

test('only an error of the registry is a fault of it', async () => {
  const error = registryError('NO_FOLDER', '/m');
  expect(await readable(Promise.reject(error))).toEqual({ error });
  expect(await readable(Promise.resolve(7))).toEqual({ value: 7 });
  await expect(readable(Promise.reject(new Error('EIO')))).rejects.toThrow('EIO');
});

test('what aliases.json names is meant to be in production', async () => {
  await writeAliases({ production: second });
  await writeJournal(promotion(first));
  expect(await readIntended(folder)).toEqual({ version: second });
});

test('where it names nothing, what the journal has there is meant, and why is told', async () => {
  expect(await readIntended(folder)).toEqual({ fault: registryError('NO_PRODUCTION', folder) });
  await writeJournal(promotion(first), promotion(second, first));
  expect(await readIntended(folder)).toEqual({
    version: second,
    fault: registryError('NO_PRODUCTION', folder),
  });
  await writeAliases({ production: 7 });
  expect(await readIntended(folder)).toMatchObject({ version: second, fault: { code: 'BAD_ALIASES' } });
});

test('where the journal ends unknown, or cannot be read, nothing is meant', async () => {
  await writeJournal(promotion(first), 'nonsense');
  expect(await readIntended(folder)).not.toHaveProperty('version');
  await rm(join(folder, 'journal.jsonl'));
  await mkdir(join(folder, 'journal.jsonl'));
  expect(await readIntended(folder)).toEqual({ fault: registryError('NO_PRODUCTION', folder) });
  await expect(readStandIns(folder)).rejects.toMatchObject({ code: 'UNREADABLE_JOURNAL' });
});

test('stand-ins are those that were in production before and are still there', async () => {
  await make(second, third);
  await writeJournal(promotion(first), promotion(second, first), promotion(third, second));
  expect(await readStandIns(folder)).toEqual([second]);
  await writeAliases({ production: second });
  expect(await readStandIns(folder)).toEqual([]);
  await make(first);
  expect(await readStandIns(folder)).toEqual([first]);
});

test('versions are listed with the times at which they were published and last promoted', async () => {
  await make(second, first);
  const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
  await writeAliases({ production: second });
  await writeJournal(
    { time: at(1), action: 'publish', version: first, sha256: '' },
    { ...promotion(first), time: at(2) },
    { ...promotion(first), time: at(3) },
    { time: at(4), action: 'refuse', version: first, decision: '' },
  );
  const registry = openRegistry(folder);
  expect(await registry.list()).toEqual([
    { version: first, published: at(1), promoted: at(3), production: false },
    { version: second, published: undefined, promoted: undefined, production: true },
  ]);
  await writeAliases(7);
  await rm(join(folder, 'journal.jsonl'));
  await mkdir(join(folder, 'journal.jsonl'));
  expect(await registry.list()).toEqual(
    [first, second].map((version) => ({
      version,
      published: undefined,
      promoted: undefined,
      production: false,
    })),
  );
});
