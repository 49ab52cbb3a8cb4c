import type { ShortDescriptor } from './descriptor.ts';
import type { Inferred } from './infer.ts';
import { profilesOf, without } from './profile.ts';
import type { RawTable } from './raw-table.ts';

/** Adds to a short data package what training needs and the table tells: ranges, categories, texts. */
export function complete(descriptor: ShortDescriptor, inferred: Inferred, table: RawTable) {
  const [resource] = descriptor.resources;
  const profiles = new Map(profilesOf(table).map((profile) => [profile.name, profile]));
  const columns = new Map(inferred.columns.map((column) => [column.name, column]));
  const fields = resource.schema.fields.map((field) => {
    const name = String(field.name);
    const column = columns.get(name);
    const profile = profiles.get(name);
    if (!column || !profile) return field;
    const texts = [...without(profile, column.missing).counts.keys()];
    const hearth = { label: both(name), description: both(name), group: 'all' };
    return column.type === 'string'
      ? {
          ...field,
          constraints: { enum: texts },
          hearth: { ...hearth, categories: texts.map((value) => ({ value, label: both(value) })) },
        }
      : { ...field, hearth };
  });
  const { model, target } = descriptor.hearth;
  return {
    ...descriptor,
    licenses: [{ name: 'not-stated', title: 'not stated', path: '' }],
    sources: [],
    resources: [{ ...resource, schema: { fields } }],
    hearth: {
      ...descriptor.hearth,
      title: both(model),
      outcome: both(target),
      population: both('not stated'),
      intendedUse: both('not stated'),
      notIntendedUse: both('not stated'),
      groups: [{ name: 'all', label: both('all') }],
    },
  };
}

const both = (text: string) => ({ en: text, 'pt-BR': text });
