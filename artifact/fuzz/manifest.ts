import {
  type CategoryColumn,
  isNumeric,
  type Manifest,
  type NumericColumn,
  type Row,
} from '@hearth/artifact';
import type { Dice } from './dice.ts';
import { editManifest, type Mutant } from './mutant.ts';

type ManifestMutation = (manifest: Manifest, dice: Dice) => unknown;

const numeric = ({ columns }: Manifest, dice: Dice): NumericColumn => dice.pick(columns.filter(isNumeric));
const column = ({ columns }: Manifest, dice: Dice) => dice.pick(columns);
const badNames = ['__proto__', 'constructor', 'toString', ' age', 'a\u0000b', '', 'x'.repeat(101), '\u202e'];

/** Descriptions that no request could be checked against, and no page shown from. */
const columnMutations: Record<string, ManifestMutation> = {
  'a column twice': (manifest, dice) => {
    manifest.columns.push(column(manifest, dice));
  },
  'a column with a name that cannot be': (manifest, dice) => {
    column(manifest, dice).name = dice.pick(badNames);
  },
  'a column in an unknown group': (manifest, dice) => {
    column(manifest, dice).group = 'nowhere';
  },
  'a column that allows nothing': (manifest, dice) => {
    const each = numeric(manifest, dice);
    [each.minimum, each.maximum] = [each.maximum, each.minimum];
  },
  'a column seen outside its range': (manifest, dice) => {
    const each = numeric(manifest, dice);
    each.seen = { minimum: each.minimum - 1, maximum: each.maximum };
  },
  'a category twice': (manifest, dice) => {
    const categorical = manifest.columns.filter((each): each is CategoryColumn => !isNumeric(each));
    if (categorical.length === 0) return [];
    const { categories } = dice.pick(categorical);
    categories.push(categories[0]);
    return undefined;
  },
  'an empty label': (manifest, dice) => {
    column(manifest, dice).label.en = '';
  },
  'a group that goes': (manifest) => {
    manifest.groups.pop();
  },
};

/** Descriptions that do not fit their trees, or are none. */
const otherMutations: Record<string, ManifestMutation> = {
  'a newer format': (manifest, dice) => Object.assign(manifest, { format: dice.pick([2, 3, 1e9]) }),
  'a member more': (manifest, dice) =>
    Object.assign(manifest, { [dice.pick(['run', 'script', 'path'])]: dice.pick(['rm -rf /', null, {}]) }),
  'a member less': (manifest, dice) => {
    delete (manifest as Record<string, unknown>)[dice.pick(Object.keys(manifest))];
  },
  'a member of another type': (manifest, dice) =>
    Object.assign(manifest, {
      [dice.pick(Object.keys(manifest))]: dice.pick([null, 7, 'text', [], {}, true]),
    }),
  'a file that no model has': (manifest, dice) =>
    Object.assign(manifest.files, {
      [dice.pick(['../../etc/passwd', '/dev/zero', 'spread.safetensors', 'model.json'])]: {
        sha256: '0'.repeat(64),
        bytes: dice.below(100),
      },
    }),
  'a file not named': (manifest) => Object.assign(manifest, { files: {} }),
  'a feature on no column': (manifest, dice) => {
    dice.pick(manifest.features).column = dice.pick(['nothing', '__proto__', '']);
  },
  'a feature less': (manifest) => {
    manifest.features.pop();
  },
  'features in another order': (manifest) => {
    manifest.features.reverse();
  },
  'another base or divisor': (manifest, dice) => {
    const each = manifest.interval && dice.chance(0.3) ? manifest.interval : manifest.answer;
    each[dice.pick(['base', 'divisor'] as const)] = dice.pick([0, -1, 1e-300, 1e300, 0.5, -1e6, 1.7e308]);
  },
  'another link': ({ answer }) => {
    answer.link = answer.link === 'logit' ? 'identity' : 'logit';
  },
  'a golden row that answers something else': (manifest, dice) => {
    dice.pick(manifest.golden).answer += dice.pick([1e-9, 0.1, -1, 1e300]);
  },
  'a golden row that cannot be asked': (manifest, dice) => {
    const impossible: Row[] = [{ nothing: 1 }, { age: 1e9 }, { age: 'old' }, { sex: 'x' }];
    Object.assign(dice.pick(manifest.golden), { row: dice.pick(impossible) });
  },
  'golden rows less': (manifest, dice) => {
    manifest.golden.length = dice.below(2);
  },
};

/** Text that an object cannot become by `JSON.stringify`. */
const textMutations: Record<string, (text: string, dice: Dice) => string> = {
  'nesting without end': (text, dice) => {
    const levels = dice.pick([33, 500, 10_000]);
    return text.replace(/^\{/, `{"deep":${'['.repeat(levels)}${']'.repeat(levels)},`);
  },
  'a number too large': (text, dice) =>
    text.replace(/"(base|seed|minimum|mean)":\s*-?[\d.e+-]+/, `"$1":${dice.pick(['1e999', '-1e999'])}`),
  'a member that every object has': (text, dice) =>
    text.replace(
      /^\{/,
      `{"${dice.pick(['__proto__', 'constructor', '\\u005f_proto__', 'toString'])}":{"a":1},`,
    ),
  'a number that is none': (text) => text.replace(/"divisor":\s*[\d.e+-]+/, '"divisor":NaN'),
};

export function mutateColumns(mutant: Mutant, dice: Dice): string {
  return applyOne(mutant, columnMutations, dice);
}

export function mutateManifest(mutant: Mutant, dice: Dice): string {
  return applyOne(mutant, otherMutations, dice);
}

function applyOne(mutant: Mutant, mutations: Record<string, ManifestMutation>, dice: Dice): string {
  const [name, mutate] = dice.pick(Object.entries(mutations));
  editManifest(mutant, (manifest) => {
    mutate(manifest, dice);
  });
  return name;
}

export function mutateText(mutant: Mutant, dice: Dice): string {
  const [name, mutate] = dice.pick(Object.entries(textMutations));
  mutant.manifest = Buffer.from(mutate(mutant.manifest.toString('utf8'), dice));
  return name;
}
