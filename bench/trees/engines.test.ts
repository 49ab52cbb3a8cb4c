import { expect, test } from 'vitest';
import { findEngines } from './engines.ts';

const absent = () => {
  throw Object.assign(new Error("Cannot find module 'onnxruntime-node'"), { code: 'MODULE_NOT_FOUND' });
};

test('without R, Python and onnxruntime, the other engines are measured, and the missing ones are reported', () => {
  const { engines, missing } = findEngines({ PATH: '/nowhere', PYTHON: '/nowhere/python' }, absent);
  expect(engines.map(({ name }) => name)).toEqual(['hearth', 'ml-random-forest']);
  expect(missing).toEqual([
    expect.stringMatching(/^ranger: .*r-cran-ranger/),
    expect.stringMatching(/^scikit-learn: \/nowhere\/python .*python3-sklearn/),
    expect.stringMatching(/^onnxruntime: `npm run bench onnx`/),
  ]);
});

test('a broken onnxruntime is an error', () => {
  const broken = () => {
    throw new Error('libonnxruntime.so.1: cannot open shared object file');
  };
  expect(() => findEngines({ PATH: '/nowhere', PYTHON: '/nowhere' }, broken)).toThrow('cannot open');
});
