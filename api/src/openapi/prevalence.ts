import type { Manifest } from '@hearth/artifact';
import { sharesOf } from '@hearth/artifact/prevalence';
import type { Schema } from './columns.ts';

const meaning =
  'How common the outcome is among those who are asked about, if not as common as in training: answers, both ends of their intervals and the base of contributions move there. It holds where those with and those without the outcome look as in training.';

/** The parameter `prevalence`, of a model that can have it. */
export function prevalenceParameters(manifest: Manifest): Schema[] {
  if (typeof sharesOf(manifest) === 'string') return [];
  return [{ name: 'prevalence', in: 'query', ...describe(manifest.target) }];
}

function describe(target: Manifest['target']): Schema {
  if (target.type !== 'classes')
    return { description: meaning, schema: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 } };
  const example = target.classes.map(({ value }) => `${value}:${1 / target.classes.length}`).join(',');
  return {
    description: `${meaning} The share of each class: NAME:SHARE,NAME:SHARE,… or an object of JSON. There is then no prediction set.`,
    schema: { type: 'string' },
    example,
  };
}

/** The member of an answer that says so. */
export const prevalenceMember = (manifest: Manifest): Record<string, Schema> =>
  typeof sharesOf(manifest) === 'string'
    ? {}
    : {
        prevalence: {
          ...(manifest.target.type === 'classes'
            ? { type: 'object', additionalProperties: { type: 'number' } }
            : { type: 'number' }),
          description: 'Among whom the answers hold; only if it was asked for.',
        },
      };
