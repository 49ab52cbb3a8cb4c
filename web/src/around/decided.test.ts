import type { ModelDescription } from '@hearth/artifact';
import { expect, test } from 'vitest';
import type { ShownPrediction } from '../api.ts';
import { localeFor } from '../locale.ts';
import { decidedText } from './decided.ts';

const label = { en: 'refer to cardiology', 'pt-BR': 'encaminhar à cardiologia' };
const model = (decision?: object) => ({ data: { decision } }) as unknown as ModelDescription;
const answer = (probability: number, low = probability, high = probability) =>
  ({ probability, interval: { level: 0.9, low, high } }) as unknown as ShownPrediction;
const declared = model({ threshold: 0.2, label });

test('an answer says what it decides, and whether more answers could change that', () => {
  const [en, pt] = [localeFor('en'), localeFor('pt-BR')];
  expect(decidedText(declared, answer(0.2), en)).toBe('At or above 20%: refer to cardiology.');
  expect(decidedText(declared, answer(0.1, 0.05, 0.19), pt)).toBe(
    'Abaixo de 20%, a partir de onde: encaminhar à cardiologia.',
  );
  expect(decidedText(declared, answer(0.1, 0.05, 0.2), en)).toMatch(/could change that/);
  expect(decidedText(declared, answer(0.5, 0.19, 0.9), en)).toMatch(/could change that/);
  expect(decidedText(model({ threshold: 0.5 }), answer(0.7), en)).toBe(
    'At or above 50%: the threshold declared for this model is reached.',
  );
  expect(decidedText(model(), answer(0.7), en)).toBe('');
});
