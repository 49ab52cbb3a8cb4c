import { readModel } from '@hearth/artifact/store';
import { handMade } from '@hearth/artifact/testing/hand-made';
import { expect, test } from 'vitest';
import { typesOf } from './types.ts';

const heart = await readModel('models/heart/2-ea09fb3');
const manifestOf = (about: string) => JSON.parse(Buffer.from(handMade(about).files['model.json']).toString());

test('the types of a model have its columns with what is allowed, and the members of its answer', () => {
  const types = typesOf(heart.manifest, heart.version);
  expect(types).toContain('// Written by hearth types for heart 2-ea09fb3;');
  expect(types).toContain('export interface Heart {');
  expect(types).toMatch(
    /\/\*\* Age: a whole number from 0 to 100 \(years\) \*\/\n {4}age\?: number \| null;/,
  );
  expect(types).toContain('sex?: "female" | "male" | null;');
  expect(types).toContain(
    "answer: Required<Pick<Answer, 'probability' | 'interval' | 'model'>> & Pick<Answer, 'warnings'>;",
  );
});

test('of classes the types name each', () => {
  expect(typesOf(manifestOf('prediction sets'), '1')).toContain(
    'answer: { class: "a" | "b" | "c"; probabilities: Record<"a" | "b" | "c", number>; set: { level: number; classes: ("a" | "b" | "c")[] } } &',
  );
});

test('a name that is no identifier is quoted, a required column is not optional, a code is a value, an open category is any text', () => {
  const manifest = structuredClone(heart.manifest);
  const [age, sex] = manifest.columns;
  Object.assign(age, { required: true, missingCodes: ['NA'], label: { en: 'a */ b' } });
  Object.assign(sex, { name: 'the sex', open: true });
  manifest.features = manifest.features.map((feature) =>
    feature.column === 'sex' ? { ...feature, column: 'the sex' } : feature,
  );
  const types = typesOf(manifest, '1');
  expect(types).toContain(
    '    /** a * / b: a whole number from 0 to 100 (years) */\n    age: number | "NA";',
  );
  expect(types).toContain('"the sex"?: "female" | "male" | (string & {}) | null;');
});
