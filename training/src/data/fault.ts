/** What is wrong in a data package, or in a table that has none. */
export interface Fault {
  /** The file, and the member in it, such as `datapackage.json: hearth.target`. */
  place: string;
  /** The field that it is about: what is wrong with its cells may follow from this. */
  field?: string;
  text: string;
}

export const faultLine = ({ place, text }: Fault): string => `${place}: ${text}`;

/** Those of a list without the fields that faults are about. */
export const withoutFaulty = <T extends { name: string }>(
  fields: readonly T[],
  faults: readonly Fault[],
): T[] => fields.filter(({ name }) => !faults.some(({ field }) => field === name));
