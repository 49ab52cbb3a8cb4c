import { expect, test } from 'vitest';
import { localeFor } from '../locale.ts';
import { engineText } from './engine.ts';

const blended = {
  engine: {
    name: 'blend',
    version: '1.0',
    options: { 'additive.weight': 0.35, 'additive.ridge': 3, 'gbdt.weight': 0.65 },
    seed: 1,
  },
  evaluation: {
    references: [{ name: 'additive', label: { en: 'Additive model', 'pt-BR': 'Modelo aditivo' } }],
  },
} as unknown as Parameters<typeof engineText>[0];

test('of a blend the page says what it is made of, the largest part first', () => {
  expect(engineText(blended, localeFor('en'))).toBe('blend 1.0: 65% gbdt, 35% Additive model');
  expect(engineText(blended, localeFor('pt-BR'))).toBe('combinação 1.0: 65% gbdt, 35% Modelo aditivo');
});
