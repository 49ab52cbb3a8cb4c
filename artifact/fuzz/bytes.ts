import type { Mutant } from './mutant.ts';
import type { Random } from './random.ts';

type BytesMutation = (bytes: Buffer, random: Random) => Buffer;

/** Damage by a disk, a network or an interrupted copy. */
const byteMutations: Record<string, BytesMutation> = {
  'flip a bit': (bytes, random) => {
    const changed = Buffer.from(bytes);
    changed[random.below(bytes.length)] ^= 1 << random.below(8);
    return changed;
  },
  'overwrite a run of bytes': (bytes, random) => {
    const changed = Buffer.from(bytes);
    const start = random.below(bytes.length);
    changed.fill(random.below(256), start, Math.min(bytes.length, start + 1 + random.below(32)));
    return changed;
  },
  truncate: (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  'append bytes': (bytes, random) =>
    Buffer.concat([bytes, Buffer.alloc(1 + random.below(64), random.below(256))]),
  'remove bytes': (bytes, random) => {
    const start = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + random.below(16))]);
  },
  'repeat bytes': (bytes, random) => {
    const start = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, start + 8), bytes.subarray(start)]);
  },
  'empty the file': () => Buffer.alloc(0),
};

/** Applies one mutation to one file, or removes a file. @returns what was done */
export function mutateBytes(mutant: Mutant, random: Random): string {
  if (random.bool(0.03)) {
    delete mutant.trees[random.pick(Object.keys(mutant.trees))];
    return 'remove a file';
  }
  const [name, mutate] = random.pick(Object.entries(byteMutations));
  const file = random.pick(['manifest', ...Object.keys(mutant.trees)]);
  if (file === 'manifest') mutant.manifest = mutate(mutant.manifest, random);
  else mutant.trees[file] = mutate(mutant.trees[file], random);
  return name;
}
