import { ArtifactError, createModel } from '@hearth/artifact';
import { assemble } from '../../src/import/assemble.ts';
import { describeByFile } from '../../src/import/describe.ts';
import { packImported } from '../../src/import/import-file.ts';
import { ImportFault } from '../../src/import/imported.ts';
import { readerOf } from '../../src/import/readers.ts';
import { createRandom, type Random } from '../../src/random.ts';
import type { Fixture } from './compare.ts';

/** What became of damaged files. */
export interface Outcomes {
  accepted: number;
  refused: number;
  /** The slowest file, in milliseconds. */
  slowest: number;
}

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const cut = (bytes: Buffer, from: number, to: number, middle: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)]);

/** What stands where a number stood. */
const wild = [
  '-1',
  '0',
  '1e308',
  '-1e308',
  '1e-320',
  '2147483647',
  '-2147483648',
  '4294967296',
  '1e400',
  'NaN',
  'null',
  '"x"',
  '[]',
  '{}',
  '[[[[[[[[',
  '0.5',
  '99999999999999999999',
  '""',
];

/** A number, or another token, of a text file becomes another. */
const replaceToken: Mutation = (bytes, random) => {
  const from = random.below(bytes.length);
  const text = bytes.subarray(from, from + 400).toString('latin1');
  const token = /-?\d[\d.eE+-]*/.exec(text);
  if (!token) return bytes;
  const at = from + token.index;
  return cut(bytes, at, at + token[0].length, Buffer.from(wild[random.below(wild.length)]));
};

const mutations: readonly Mutation[] = [
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    changed[random.below(bytes.length)] ^= 1 << random.below(8);
    return changed;
  },
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    const from = random.below(bytes.length);
    return changed.fill(random.below(256), from, Math.min(bytes.length, from + 1 + random.below(32)));
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  (bytes, random) => {
    const from = random.below(bytes.length);
    return cut(bytes, from, from + 1 + random.below(16), Buffer.alloc(0));
  },
  // a part of the file stands elsewhere too: indices and lengths of another place
  (bytes, random) => {
    const [from, to, size] = [random.below(bytes.length), random.below(bytes.length), 1 + random.below(64)];
    return cut(bytes, to, to + size, bytes.subarray(from, from + size));
  },
  replaceToken,
  replaceToken,
  replaceToken,
];

/**
 * Reads damaged files of a fixture. A file is refused, or becomes a model that passes every check and answers with finite numbers.
 * @throws for any other error, and for an answer that is not finite
 */
export function fuzz(fixture: Fixture, count: number, seed: number): Outcomes {
  const random = createRandom(seed);
  const outcomes: Outcomes = { accepted: 0, refused: 0, slowest: 0 };
  for (let i = 0; i < count; i++) {
    let bytes: Buffer = Buffer.from(fixture.bytes);
    for (let changes = 1 + random.below(3); changes > 0 && bytes.length > 0; changes--)
      bytes = mutations[random.below(mutations.length)](bytes, random);
    const began = performance.now();
    try {
      answer(fixture, bytes);
      outcomes.accepted++;
    } catch (error) {
      if (!(error instanceof ImportFault || error instanceof ArtifactError))
        throw new Error(`file ${i} of ${fixture.name} with the seed ${seed}`, { cause: error });
      outcomes.refused++;
    }
    outcomes.slowest = Math.max(outcomes.slowest, performance.now() - began);
  }
  return outcomes;
}

function answer({ file, rows }: Fixture, bytes: Buffer): void {
  const imported = readerOf(bytes, file).read(bytes, {});
  const described = describeByFile(imported, { model: 'm' }, { name: file, sha256: '0'.repeat(64) });
  const assembled = assemble(imported, described, rows);
  const { manifest } = packImported(assembled);
  const model = createModel(manifest, assembled.trees, 'v');
  for (const row of rows.slice(0, 5)) {
    const { answer: first, outputs = [first] } = model.predict(row);
    if (!outputs.every(Number.isFinite)) throw new Error(`an answer is ${outputs}`);
  }
}
