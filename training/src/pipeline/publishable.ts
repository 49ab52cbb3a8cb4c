import { type DescriptionFault, descriptionFaults } from '@hearth/artifact';
import type { Fault } from '../data/fault.ts';
import { fieldTypeOf } from '../data/field-types/index.ts';
import { readJson } from '../data/files.ts';
import { type DataPackage, draftPackage, faultless, type PackageDraft } from '../data/package.ts';
import { describeData } from './describe-data.ts';

/**
 * Reads datapackage.json with all checks of publishing and of learning that depend only on it.
 * @throws InputError BAD_PACKAGE naming every fault
 */
export const readPublishable = async (path: string): Promise<DataPackage> =>
  faultless(await draftPublishable(path));

/** `readPublishable` as far as the data package can be read, so that the faults of its table are known at once too. */
export const draftPublishable = async (path: string): Promise<PackageDraft> =>
  checkedDraft(draftPackage(path, await readJson(path, 'datapackage.json')));

/** A data package that has passed these checks. @throws InputError BAD_PACKAGE naming every fault */
export const publishable = (draft: PackageDraft): DataPackage => faultless(checkedDraft(draft));

/** A draft with the faults of these checks besides its own. */
export const checkedDraft = ({ data, faults }: PackageDraft): PackageDraft => ({
  data,
  faults: [...faults, ...(data ? faultsOf(data) : [])],
});

function faultsOf(data: DataPackage): Fault[] {
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
  return descriptionFaults(description).map((fault) => located(data, fault));
}

/** A fault, with the place in the data package that this part of the manifest comes from. */
function located(
  { inputs, path: file }: DataPackage,
  { path, column, fault: text }: DescriptionFault,
): Fault {
  const [member, ...inner] = path;
  if (member === undefined) return { place: file, field: column, text };
  if (member !== 'columns' || typeof inner[0] !== 'number')
    return { place: `${file}: ${memberPlace(member, inner)}`, text };
  const field = inputs[inner[0]].name;
  const within = [`field "${field}"`, inner.slice(1).join('.')].filter(Boolean).join(', ');
  return { place: `${file}: ${within}`, field, text };
}

function memberPlace(member: string | number, inner: readonly (string | number)[]): string {
  if (member === 'columns') return 'resources.0.schema.fields';
  if (member === 'data') return inner.join('.');
  return ['hearth', member === 'name' ? 'model' : member, ...inner].join('.');
}
