import { expect, test } from 'vitest';
import { productionHistory } from './history.ts';
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
  ['aliases.json lost and written anew', [promoted('1'), found(null), promoted('2')], '2', ['1', '2']],
  ['a change by hand', [promoted('1')], '7', ['1', '7']],
])('after %s a rollback goes back through the right versions', (_name, entries, production, history) => {
  expect(productionHistory(entries, production)).toEqual(history);
});
