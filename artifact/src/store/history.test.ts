import { expect, test } from 'vitest';
import { lastInProduction, productionHistory, standIns } from './history.ts';
import type { JournalEntry } from './journal.ts';

const time = '2026-01-01T00:00:00.000Z';
const promoted = (version: string): JournalEntry => ({ time, action: 'promote', version, previous: null });
const rolledBack = (version: string): JournalEntry => ({ time, action: 'rollback', version, previous: '' });
const found = (version: string | null): JournalEntry => ({ time, action: 'found', version, previous: '' });

test.each<[string, JournalEntry[], string | undefined, string[]]>([
  ['nothing', [], undefined, []],
  ['promotions', [promoted('1'), promoted('2'), promoted('1')], '1', ['1', '2', '1']],
  [
    'two rollbacks',
    [promoted('1'), promoted('2'), promoted('3'), rolledBack('2'), rolledBack('1')],
    '1',
    ['1'],
  ],
  [
    'a promotion after a rollback',
    [promoted('1'), promoted('2'), rolledBack('1'), promoted('3')],
    '3',
    ['1', '3'],
  ],
  ['a promotion that was killed', [promoted('1'), promoted('2')], '1', ['1']],
  ['a promotion that was killed, and noted', [promoted('1'), promoted('2'), found('1')], '1', ['1']],
  [
    'a rollback that was killed, and noted',
    [promoted('1'), promoted('2'), rolledBack('1'), found('2')],
    '2',
    ['1', '2'],
  ],
  ['aliases.json lost and written again', [promoted('1'), found(null), promoted('2')], '2', ['1', '2']],
  ['a change by hand', [promoted('1')], '7', ['1', '7']],
  [
    'a version promoted again',
    [promoted('1'), { ...promoted('1'), previous: '1' } as JournalEntry],
    '1',
    ['1'],
  ],
])('after %s a rollback goes back through the right versions', (_name, entries, production, history) => {
  expect(productionHistory(entries, production)).toEqual(history);
});

const promotedAfter = (version: string, previous: string): JournalEntry => ({
  time,
  action: 'promote',
  version,
  previous,
});
const wentBack = (version: string, previous: string): JournalEntry => ({
  time,
  action: 'rollback',
  version,
  previous,
});
const refused = (version: string): JournalEntry => ({ time, action: 'refuse', version, decision: '' });

test.each<[string, JournalEntry[], string | undefined, string[]]>([
  ['nothing', [], undefined, []],
  ['one promotion', [promoted('1')], '1', []],
  ['promotions', [promoted('1'), promotedAfter('2', '1'), promotedAfter('3', '2')], '3', ['2', '1']],
  ['promotions, without aliases', [promoted('1'), promotedAfter('2', '1')], undefined, ['1']],
  [
    'a version that was promoted twice',
    [promoted('1'), promotedAfter('2', '1'), promotedAfter('1', '2'), promotedAfter('3', '1')],
    '3',
    ['1', '2'],
  ],
  [
    'a rollback from a version that was in production twice',
    [promoted('1'), promotedAfter('2', '1'), promotedAfter('1', '2'), wentBack('2', '1')],
    '2',
    [],
  ],
  [
    'a rollback, and a promotion of the version that it replaced',
    [
      promoted('1'),
      promotedAfter('2', '1'),
      wentBack('1', '2'),
      promotedAfter('2', '1'),
      promotedAfter('3', '2'),
    ],
    '3',
    ['2', '1'],
  ],
  [
    'a rollback whose line is lost',
    [promoted('1'), promotedAfter('2', '1'), promotedAfter('3', '1')],
    '3',
    ['1'],
  ],
  [
    'a version that the gate refused to promote again',
    [promoted('1'), promotedAfter('2', '1'), promotedAfter('3', '2'), refused('2')],
    '3',
    ['1'],
  ],
  [
    'a refusal of the version in production',
    [promoted('1'), refused('1'), promotedAfter('2', '1')],
    '2',
    ['1'],
  ],
  ['a version that was only refused', [promoted('1'), refused('2')], '1', []],
  [
    'a promotion that was killed',
    [promoted('1'), promotedAfter('2', '1'), promotedAfter('3', '2')],
    '2',
    ['1'],
  ],
  ['a version that a person named in aliases.json', [promoted('1')], '7', ['1']],
  ['a version that came back', [promoted('1'), promotedAfter('2', '1'), promotedAfter('1', '2')], '1', ['2']],
  [
    'a version that was published again',
    [promoted('1'), promotedAfter('2', '1'), { time, action: 'publish', version: '1', sha256: '' }],
    '2',
    ['1'],
  ],
  [
    'the loss of aliases.json, and a refusal of its version',
    [promoted('1'), found(null), refused('1'), promotedAfter('2', '1')],
    '2',
    ['1'],
  ],
])('after %s the right versions may stand in', (_name, entries, production, versions) => {
  expect(standIns({ entries, unreadable: [], endsUnknown: false }, production)).toEqual(versions);
});

test('if the last line of the journal cannot be read, the last version in production stands in after the others', () => {
  const entries = [promoted('1'), promotedAfter('2', '1'), promotedAfter('3', '2')];
  const after = (production?: string) =>
    standIns({ entries, unreadable: [4], endsUnknown: true }, production);
  expect(after()).toEqual(['2', '1', '3']);
  expect(after('3')).toEqual(['2', '1']);
});

test('the last version in production is that of the last promote, rollback or found entry', () => {
  const prune: JournalEntry = { time, action: 'prune', version: '1' };
  expect(lastInProduction([])).toBeNull();
  expect(lastInProduction([prune, refused('2')])).toBeNull();
  expect(lastInProduction([promoted('1'), promoted('2'), refused('3'), prune])).toBe('2');
  expect(lastInProduction([promoted('1'), rolledBack('3')])).toBe('3');
  expect(lastInProduction([promoted('1'), found(null)])).toBeNull();
});
