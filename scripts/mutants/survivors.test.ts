import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { places } from './places.ts';
import { mutateSources, root } from './sources.ts';
import { disagreements, parseSurvivors, readSurvivors } from './survivors.ts';

const text = `# Title

Words - with dashes # and more.

## src/a.ts

- if (a ⟦> → >=⟧ 0) # 0 never comes
- b.split(' # ')⟦[0] → [1]⟧ # of no account
`;

test('the list has the mutants of each file, with a reason', () => {
  expect(parseSurvivors(text)).toEqual([
    { path: 'src/a.ts', name: 'if (a ⟦> → >=⟧ 0)', reason: '0 never comes' },
    { path: 'src/a.ts', name: "b.split(' # ')⟦[0] → [1]⟧", reason: 'of no account' },
  ]);
});

test.each(['- if (a ⟦> → >=⟧ 0)', '- if (a ⟦> → >=⟧ 0) # '])(
  '%j is refused, because it has no reason',
  (line) => {
    expect(() => parseSurvivors(line)).toThrow('survivors.md, line 1: give a reason after " # "');
  },
);

test('a survivor that is not listed is reported, and so is a listed mutant that does not survive', () => {
  const [first, second] = parseSurvivors(text);
  const other = { path: 'src/a.ts', name: 'c⟦() → ⟧' };
  expect(disagreements([first, other], [first, second], ['src/a.ts'])).toEqual({
    unjustified: ['src/a.ts: c⟦() → ⟧'],
    outdated: [`src/a.ts: ${second.name}`],
  });
  expect(disagreements([], [first, second], ['src/b.ts'])).toEqual({ unjustified: [], outdated: [] });
});

test.each(Object.entries(places))('the sources and tests of %s exist', (_, { sources, tests }) => {
  for (const path of [...sources, ...tests]) expect(existsSync(join(root, path)), path).toBe(true);
});

test('every line of the list names an existing mutant', () => {
  const mutants = new Set(
    Object.values(places)
      .flatMap(mutateSources)
      .flatMap(({ path, mutants }) => mutants.map(({ name }) => `${path}: ${name}`)),
  );
  const listed = readSurvivors().map(({ path, name }) => `${path}: ${name}`);
  expect(listed.filter((each) => !mutants.has(each))).toEqual([]);
});
