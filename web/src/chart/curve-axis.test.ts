import type { TimeColumn } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { localeFor } from '../locale.ts';
import { curveAxis } from './curve-axis.ts';

const born: TimeColumn = {
  name: 'born',
  type: 'date',
  seen: { minimum: '1930-01-01', maximum: '2006-12-31' },
};
const admitted: TimeColumn = {
  ...born,
  type: 'datetime',
  seen: { minimum: '2024-02-28T12:00:00', maximum: '2024-03-01T12:00:00' },
};

test('a date has places on an axis, and each place is a day', () => {
  const axis = curveAxis(born, localeFor('en'));
  const place = axis?.placeOf('1999-12-31') ?? 0;
  expect([axis?.value(place), axis?.entry(place + 3600), axis?.text(place)]).toEqual([
    '1999-12-31',
    '1999-12-31',
    'December 31, 1999',
  ]);
  expect(axis?.grid).toHaveLength(101);
  expect(axis?.ticks(4).map((tick) => axis.short(tick))).toEqual(['1940', '1960', '1980', '2000']);
});

test('so has a time, and categories have none', () => {
  const axis = curveAxis(admitted, localeFor('pt-BR'));
  expect(axis?.value(axis.placeOf('2024-02-29T13:45') ?? 0)).toBe('2024-02-29T13:45:00');
  expect(curveAxis({ name: 'x', type: 'boolean' }, localeFor('en'))).toBeUndefined();
});
