/** The model that an address names by `?model=NAME`; undefined: the default one of the server. */
export function chosenModel(search: string): string | undefined {
  const name = new URLSearchParams(search).get('model') ?? '';
  return /^[a-z][a-z0-9-]{0,62}$/.test(name) ? name : undefined;
}

/** The address of the page of a model, from the page of another. */
export const pageOf = (name: string, isDefault: boolean): string => (isDefault ? './' : `?model=${name}`);
