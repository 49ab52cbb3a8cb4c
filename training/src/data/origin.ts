import type { Manifest } from '@hearth/artifact';
import type { DataPackage } from './package.ts';

type Descriptor = DataPackage['descriptor'];

/** The name of a data package; the standard does not need one, but its table has one. */
export const nameOf = ({ name, resources: [table] }: Descriptor): string => name || table.name;

/** The name of the model: as given, or made of the name of the data package. */
export const modelNameOf = (descriptor: Descriptor): string =>
  descriptor.hearth.model ?? (asModelName(nameOf(descriptor)) || 'model');

/** The letters, digits and hyphens of a name, which a model's name may have. */
const asModelName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 63)
    .replace(/-$/, '');

/** Where the data come from, as far as the data package says. */
export function originOf({ sources, contributors, licenses }: Descriptor) {
  const [licence] = licenses ?? [];
  const origin: Pick<Manifest['data'], 'sources' | 'contributors' | 'licence'> = {};
  const named = (sources ?? []).flatMap(({ title, path }) => {
    const shown = title || path;
    return shown ? [{ title: shown, ...(path && { path }) }] : [];
  });
  if (named.length > 0) origin.sources = named;
  const people = (contributors ?? []).flatMap(({ title, givenName, familyName, organization }) => {
    const name = [givenName, familyName].filter(Boolean).join(' ');
    return title || name || organization || [];
  });
  if (people.length > 0) origin.contributors = people;
  const name = licence?.name || licence?.title || licence?.path;
  if (name)
    origin.licence = {
      name,
      ...(licence.title && { title: licence.title }),
      ...(licence.path && { path: licence.path }),
    };
  return origin;
}
