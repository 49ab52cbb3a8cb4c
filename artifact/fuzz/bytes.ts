import type { Dice } from './dice.ts';
import type { Mutant } from './mutant.ts';

type BytesMutation = (bytes: Buffer, dice: Dice) => Buffer;

/** Damage that a disk, a network or a careless copy does to any file. */
const byteMutations: Record<string, BytesMutation> = {
  'flip a bit': (bytes, dice) => {
    const changed = Buffer.from(bytes);
    changed[dice.below(bytes.length)] ^= 1 << dice.below(8);
    return changed;
  },
  'overwrite a run of bytes': (bytes, dice) => {
    const changed = Buffer.from(bytes);
    const start = dice.below(bytes.length);
    changed.fill(dice.below(256), start, Math.min(bytes.length, start + 1 + dice.below(32)));
    return changed;
  },
  truncate: (bytes, dice) => bytes.subarray(0, dice.below(bytes.length)),
  'append bytes': (bytes, dice) => Buffer.concat([bytes, Buffer.alloc(1 + dice.below(64), dice.below(256))]),
  'leave bytes out': (bytes, dice) => {
    const start = dice.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + dice.below(16))]);
  },
  'repeat bytes': (bytes, dice) => {
    const start = dice.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, start + 8), bytes.subarray(start)]);
  },
  'empty the file': () => Buffer.alloc(0),
};

/** Applies one of them to one of the files. */
export function mutateBytes(mutant: Mutant, dice: Dice): string {
  if (dice.chance(0.03)) {
    delete mutant.trees[dice.pick(Object.keys(mutant.trees))];
    return 'leave a file out';
  }
  const [name, mutate] = dice.pick(Object.entries(byteMutations));
  const file = dice.pick(['manifest', ...Object.keys(mutant.trees)]);
  if (file === 'manifest') mutant.manifest = mutate(mutant.manifest, dice);
  else mutant.trees[file] = mutate(mutant.trees[file], dice);
  return name;
}
