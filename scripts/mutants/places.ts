/** A part of the sources, with the tests that have to notice whatever is changed in it. */
export interface Place {
  /** Files and folders whose sources are mutated; a folder's tests are its own. */
  sources: readonly string[];
  /** Tests that look at them. */
  tests: readonly string[];
}

/** The place of this name; of `NAME/part` only the files whose path holds the part. */
export function findPlace(wanted: string): (Place & { part: string }) | undefined {
  const [name, part = ''] = wanted.split('/', 2);
  return Object.hasOwn(places, name) ? { ...places[name], part } : undefined;
}

const storeTests = [
  'atomic',
  'default-model',
  'errors',
  'faults',
  'history',
  'journal',
  'lock',
  'models',
  'own-folder',
  'plain-file',
  'production',
  'read',
  'registry',
  'text-file',
  'versions',
  'write',
];

/** Where a wrong number or a wrong bound would do most harm unseen. */
export const places: Record<string, Place> = {
  gate: { sources: ['training/src/gate'], tests: ['training/src/gate'] },
  evaluation: {
    sources: ['training/src/evaluation', 'training/src/regression'],
    tests: ['training/src/evaluation', 'training/src/regression'],
  },
  interval: {
    sources: ['artifact/src/answer/interval.ts', 'training/src/learners/additive/spread.ts'],
    tests: [
      'artifact/src/answer/interval.test.ts',
      'artifact/src/answer/predictor.test.ts',
      'training/src/learners/additive/spread.test.ts',
    ],
  },
  safety: {
    sources: ['api/src/safety', 'api/src/admission/batch-queue.ts', 'api/src/admission/shedding.ts'],
    tests: [
      'api/src/safety',
      'api/src/admission/batch-queue.test.ts',
      'api/src/admission/shedding.test.ts',
      'api/src/server/config.test.ts',
    ],
  },
  store: {
    sources: ['artifact/src/store'],
    // without those that let other processes write: no mutant is in them
    tests: storeTests.map((name) => `artifact/src/store/${name}.test.ts`),
  },
  rows: {
    sources: [
      'artifact/src/columns/kinds',
      'artifact/src/columns/rows.ts',
      'artifact/src/columns/plain-rows.ts',
      'artifact/src/columns/cells.ts',
      'artifact/src/columns/missing.ts',
      'artifact/src/columns/warnings.ts',
      'artifact/src/text-table',
    ],
    tests: ['artifact/src/columns', 'artifact/src/text-table'],
  },
};
