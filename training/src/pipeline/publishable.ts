import { type Column, type DescriptionFault, descriptionFaults, levelsOf } from '@hearth/artifact';
import { fieldTypeOf } from '../data/field-types/index.ts';
import { listed } from '../data/listed.ts';
import type { DataPackage } from '../data/package.ts';
import { inputError } from '../errors.ts';
import { maximumBins } from '../grow/bins.ts';
import { describeData } from './describe-data.ts';

/**
 * Makes, before training, all checks of publishing and of learning that depend only on the data package.
 * @throws InputError NOT_PUBLISHABLE naming every fault
 */
export function assertPublishable(data: DataPackage): void {
  const description = describeData({
    data,
    kind: 'numeric',
    sha256: '0'.repeat(64),
    // a row that a data package without faults allows
    inputs: [
      Object.fromEntries(data.inputs.map((field) => [field.name, fieldTypeOf(field).anyValue(field)])),
    ],
    target: Float64Array.of(0),
  });
  const faults = [
    ...descriptionFaults(description).map((fault) => `${data.path}: ${located(data, fault)}`),
    ...tooManyCategories(description.columns).map((fault) => `${data.path}: ${fault}`),
  ];
  if (faults.length > 0) throw inputError('NOT_PUBLISHABLE', listed([...new Set(faults)]));
}

/** Columns with more categories than a learner takes, one line each. */
const tooManyCategories = (columns: readonly Column[]): string[] =>
  columns.flatMap((column) => {
    const count = levelsOf(column)?.length ?? 0;
    if (count <= maximumBins) return [];
    return [
      `the column "${column.name}" has ${count} categories; training learns from at most ${maximumBins}`,
    ];
  });

/** The message of a fault, with the place in the data package that this part of the manifest comes from. */
function located({ inputs }: DataPackage, { path, fault }: DescriptionFault): string {
  const [member, ...inner] = path;
  if (member === undefined) return fault;
  const place =
    member === 'columns' && typeof inner[0] === 'number'
      ? [`field "${inputs[inner[0]].name}"`, inner.slice(1).join('.')].filter(Boolean).join(', ')
      : member === 'columns'
        ? 'resources.0.schema.fields'
        : member === 'data'
          ? inner.join('.')
          : ['hearth', member === 'name' ? 'model' : member, ...inner].join('.');
  return `${place}: ${fault}`;
}
