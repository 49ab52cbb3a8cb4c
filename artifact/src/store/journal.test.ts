import { chmod, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { appendEntry, type JournalEntry, readJournal } from './journal.ts';

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  return { ...real, open: vi.fn(real.open) };
});

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-journal-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const time = '2026-01-02T03:04:05.006Z';
const entries: JournalEntry[] = [
  { time, action: 'publish', version: '1', sha256: 'a' },
  { time, action: 'promote', version: '1', previous: null },
  {
    time,
    action: 'promote',
    version: '2',
    previous: '1',
    evidence: { rows: 300, worse: [1] },
    decision: 'refused',
    reason: 'night',
  },
  { time, action: 'refuse', version: '3', evidence: { rows: 1 }, decision: 'refused' },
  { time, action: 'refuse', version: '3', decision: 'refused' },
  { time, action: 'rollback', version: '1', previous: '2', reason: 'wrong' },
  { time, action: 'rollback', version: '1', previous: '2' },
  { time, action: 'found', version: null, previous: '2' },
  { time, action: 'found', version: '2', previous: null },
  { time, action: 'prune', version: '1' },
];
const lines = (...some: unknown[]) => some.map((each) => `${JSON.stringify(each)}\n`).join('');

test('every kind of entry is read as it was written', async () => {
  await writeFile(path, lines(...entries));
  expect(await readJournal(folder)).toEqual({ entries, unreadable: [], endsUnknown: false });
});

test('without a file the journal is empty', async () => {
  expect(await readJournal(folder)).toEqual({ entries: [], unreadable: [], endsUnknown: false });
});

test.each([
  ['no JSON', '{"time":'],
  ['no object', '"publish"'],
  ['no action', JSON.stringify({ time, version: '1' })],
  ['another action', JSON.stringify({ time, action: 'burn', version: '1' })],
  ['no time', JSON.stringify({ action: 'prune', version: '1' })],
  ['a time that is not one', JSON.stringify({ time: 'today', action: 'prune', version: '1' })],
  ['no version', JSON.stringify({ time, action: 'prune' })],
  ['no hash', JSON.stringify({ time, action: 'publish', version: '1' })],
  ['a promotion from nowhere', JSON.stringify({ time, action: 'promote', version: '1' })],
  [
    'a reason that is a number',
    JSON.stringify({ time, action: 'promote', version: '1', previous: null, reason: 1 }),
  ],
  [
    'evidence that is a text',
    JSON.stringify({ time, action: 'refuse', version: '1', evidence: '', decision: '' }),
  ],
  ['a refusal without its decision', JSON.stringify({ time, action: 'refuse', version: '1' })],
  ['a rollback from nothing', JSON.stringify({ time, action: 'rollback', version: '1', previous: null })],
  ['a finding without what was before', JSON.stringify({ time, action: 'found', version: '1' })],
])(
  'a line with %s is reported by its number, and the version in production after it is unknown',
  async (_, line) => {
    await writeFile(path, `${lines(entries[1])}\n${line}\n${lines(entries[0], entries[9])}`);
    expect(await readJournal(folder)).toEqual({
      entries: [entries[1], entries[0], entries[9]],
      unreadable: [3],
      endsUnknown: true,
    });
    for (const known of [entries[1], entries[5], entries[8]]) {
      await writeFile(path, `${line}\n${lines(known)}`);
      expect(await readJournal(folder)).toMatchObject({ unreadable: [1], endsUnknown: false });
    }
  },
);

test('a last line that was cut short does not count', async () => {
  await writeFile(path, `${lines(entries[1])}{"time":"2026`);
  expect(await readJournal(folder)).toEqual({ entries: [entries[1]], unreadable: [], endsUnknown: false });
});

test('a journal of more than 256 MiB is not read', async () => {
  await writeFile(path, '');
  await truncate(path, 2 ** 28 + 1);
  await expect(readJournal(folder)).rejects.toThrow(
    'journal.jsonl cannot be read: it has 268435457 bytes; at most 268435456 are read',
  );
});

test('an entry is appended with its time', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(time) });
  await appendEntry(folder, { action: 'prune', version: '1' });
  await appendEntry(folder, { action: 'found', version: null, previous: '1' });
  vi.useRealTimers();
  expect(await readFile(path, 'utf8')).toBe(
    lines({ time, action: 'prune', version: '1' }, { time, action: 'found', version: null, previous: '1' }),
  );
  expect((await stat(path)).mode & 0o777).toBe((0o644 & ~process.umask()) | 0o444);
});

test('a new journal can be read by any user, whatever the umask, and an older one keeps its mode', async () => {
  const real = vi.mocked(open).getMockImplementation();
  vi.mocked(open).mockImplementationOnce(async (...args) => {
    await writeFile(path, '', { mode: 0o600 }); // as with the umask 077
    return real?.(...args) as ReturnType<typeof open>;
  });
  await appendEntry(folder, prune);
  expect((await stat(path)).mode & 0o777).toBe(0o644);
  await chmod(path, 0o660);
  await appendEntry(folder, prune);
  expect((await stat(path)).mode & 0o777).toBe(0o660);
});

test('an empty journal that another user has prepared for several writers is not changed', async () => {
  await writeFile(path, '');
  await chmod(path, 0o664);
  const real = vi.mocked(open).getMockImplementation();
  vi.mocked(open).mockImplementationOnce(async (...args) =>
    Object.assign((await real?.(...args)) as Awaited<ReturnType<typeof open>>, {
      chmod: () => Promise.reject(new Error('EPERM')),
    }),
  );
  await appendEntry(folder, prune);
  expect((await stat(path)).mode & 0o777).toBe(0o664);
});

const prune = { action: 'prune', version: '7' } as const;

test.each([
  ['a line that was cut short is removed', '{"time":"2026', ''],
  ['a line that only lacks its line feed stays', lines(entries[0]).trimEnd(), lines(entries[0])],
  ['a line that is not an entry stays', 'nonsense\n', 'nonsense\n'],
])('before the next entry %s', async (_, end, expected) => {
  await writeFile(path, lines(entries[1]) + end);
  await appendEntry(folder, prune);
  const text = await readFile(path, 'utf8');
  expect(text.slice(0, text.lastIndexOf('{"time'))).toBe(lines(entries[1]) + expected);
  expect((await readJournal(folder)).entries.at(-1)).toMatchObject(prune);
});

/** Makes the next write to the journal fail on a full disk. @returns what was done to the file */
async function fullDisk(): Promise<string[]> {
  const done: string[] = [];
  const real = vi.mocked(open).getMockImplementation();
  vi.mocked(open).mockImplementationOnce(async (...args) => {
    const file = await real?.(...args);
    if (!file) throw new Error('there is no file');
    const { close, writeFile: write } = file;
    return Object.assign(file, {
      writeFile: async () => {
        await write.call(file, '{"half');
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      },
      close: () => close.call(file).then(() => void done.push('close')),
    });
  });
  return done;
}

test.each([
  ['whole', lines(entries[1]), lines(entries[1])],
  ['without its last line feed', lines(entries[1]).trimEnd(), lines(entries[1]).trimEnd()],
  ['with half a line', `${lines(entries[1])}{"ha`, lines(entries[1])],
])('a journal that is %s stays so on a full disk', async (_, before, after) => {
  await writeFile(path, before);
  const done = await fullDisk();
  await expect(appendEntry(folder, prune)).rejects.toThrow('full');
  expect(await readFile(path, 'utf8')).toBe(after);
  expect(done).toEqual(['close']);
});
