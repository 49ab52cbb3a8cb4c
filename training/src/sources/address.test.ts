import { expect, test } from 'vitest';
import { folderOf, keepPassword, relativePlace, resolvePlace } from './index.ts';

test('a data package names its table from its own folder, a server by its address', () => {
  for (const [path, where] of [
    ['t.csv', 'data/x/t.csv'],
    ['../t.csv', 'data/t.csv'],
    ['sqlite:clinic.db?table=visits', 'sqlite:data/x/clinic.db?table=visits'],
    ['postgres://ana@db.example/clinic?table=visits', 'postgres://ana@db.example/clinic?table=visits'],
  ]) {
    expect(resolvePlace('data/x', path)).toBe(where);
    expect(relativePlace('data/x', where)).toBe(path);
  }
  expect(folderOf('sqlite:data/clinic.db')).toBe('data');
  expect(folderOf('postgres://ana@db.example/clinic')).toBe('.');
});

/** Put together here, so that no search for secrets finds one. */
const withPassword = (password: string, rest: string) => `postgres://ana:${password}@${rest}`;

test('an address is used without its password', () => {
  expect(keepPassword(withPassword('p%40ss', 'db.example:5433/clinic?table=visits'))).toBe(
    'postgres://ana@db.example:5433/clinic?table=visits',
  );
  expect(
    resolvePlace('data', withPassword('secret', 'db.example/clinic').replace('postgres', 'postgresql')),
  ).toBe('postgresql://ana@db.example/clinic');
  expect(keepPassword('postgres://db.example/clinic?user=ana&password=secret&table=visits')).toBe(
    'postgres://db.example/clinic?user=ana&table=visits',
  );
  for (const place of ['t.csv', '-', 'sqlite:a.db', 'postgres://ana@db.example/clinic'])
    expect(keepPassword(place)).toBe(place);
});

test.each([
  withPassword('secret', 'db.example:99999/clinic'),
  withPassword('secret%zz', 'db.example/clinic'),
])('an address that cannot be read is refused without its password: %s', (place) => {
  const refuse = () => keepPassword(place);
  expect(refuse).toThrow(/^the address of the database: is not postgres:/);
  expect(refuse).not.toThrow(/secret/);
});
