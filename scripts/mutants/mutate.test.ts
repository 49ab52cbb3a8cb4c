import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { findMutants, instrument } from './mutate.ts';

const namesOf = (source: string): string[] => findMutants(source).map(({ name }) => name);

test.each([
  ['const z = 1.96;', ['const z = ⟦1.96 → 1.764⟧;', 'const z = ⟦1.96 → 2.156⟧;']],
  ['const rows = 200;', ['const rows = ⟦200 → 180⟧;', 'const rows = ⟦200 → 220⟧;']],
  ['f(2);', ['f(⟦2 → 1⟧);', 'f(⟦2 → 3⟧);']],
  ['a += b;', ['a ⟦+= → -=⟧ b;']],
  ["const t = `a` + 'b';", ["const t = ⟦`a` → ''⟧ + 'b';", "const t = `a` + ⟦'b' → ''⟧;"]],
  ['a.filter(f);', ['a⟦.filter(f) → ⟧;']],
  ['(a ?? b).filter(f);', ['(a ⟦?? → &&⟧ b).filter(f);', '(a ?? b)⟦.filter(f) → ⟧;']],
  ['a.min(b);', ['a.⟦min → max⟧(b);']],
  ['a?.b();', ['a⟦?. → .⟧b();']],
  ['x = a ?? b;', ['x = a ⟦?? → &&⟧ b;']],
  ['i++;', ['⟦i++ → i--⟧;']],
])('%j becomes %j', (source, names) => {
  expect(namesOf(source)).toEqual(names);
});

test('a bound moves by one, even if it is large', () => {
  const names = namesOf('f(rows >= 200);');
  expect(names).toContain('f(rows >= ⟦200 → 199⟧);');
  expect(names).toContain('f(rows >= ⟦200 → 201⟧);');
  expect(names).toContain('f(rows ⟦>= → >⟧ 200);');
});

test('types, names and imports have no mutants', () => {
  const source = `import { a } from 'a';
export { b } from 'b';
interface C { d: 'e'; f: 1 }
const g = { 'h': i, j } as unknown as 'k' | 2;
type L = 3;
function m<N = 4>(o?: 5): 6 | undefined { return o; }
`;
  expect(namesOf(source)).toEqual([
    "const g = ⟦{ 'h': i, j } → ({})⟧ as unknown as 'k' | 2;",
    expect.stringContaining('⟦{ return o; } → {}⟧'),
  ]);
});

test('two equal mutants in a file have different names', () => {
  expect(new Set(namesOf('f(1);\nf(1);')).size).toBe(4);
});

/** Runs a source with one mutant active. */
function evaluate(source: string, active: number): unknown {
  const code = instrument(source, findMutants(source), 0);
  parseAst(code, { lang: 'ts' });
  return new Function('mutant', `${code}; return f;`)((number: number) => number === active)();
}

test('an instrumented source behaves as the original, or as its active mutant alone', () => {
  const source =
    'const f = () => { const a = [1, 2].map((x) => x * 3); return !((a ?? [4]).slice(0)[0] > 2) || a[1] - (1 - 2) ** 2 }';
  const mutants = findMutants(source);
  expect(evaluate(source, -1)).toBe(5);
  for (const [i, { changed, host }] of mutants.entries()) {
    const alone = source.slice(0, host.start) + changed + source.slice(host.end);
    let expected: unknown;
    try {
      expected = new Function(`${alone}; return f;`)()();
    } catch (error) {
      expect(() => evaluate(source, i)).toThrow(String((error as Error).message));
      continue;
    }
    expect(evaluate(source, i)).toEqual(expected);
  }
  expect(mutants.length).toBeGreaterThan(20);
});
