import { type DescriptionFault, descriptionFaults } from '@hearth/artifact';
import { fieldTypeOf } from '../data/field-types/index.ts';
import { listed } from '../data/listed.ts';
import type { DataPackage } from '../data/package.ts';
import { inputError } from '../errors.ts';
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
    notes: [],
    // a row that a data package without faults allows
    inputs: [
      Object.fromEntries(data.inputs.map((field) => [field.name, fieldTypeOf(field).anyValue(field)])),
    ],
    target: Float64Array.of(0),
  });
  const faults = descriptionFaults(description).map((fault) => `${data.path}: ${located(data, fault)}`);
  if (faults.length > 0) throw inputError('NOT_PUBLISHABLE', listed([...new Set(faults)]));
}

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
