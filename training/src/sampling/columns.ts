import * as v from 'valibot';

const share = v.pipe(v.number(), v.gtValue(0), v.ltValue(1));

/** The columns and the share that say how the rows of a table came about: members of `hearth` in a data package. */
export const samplingEntries = {
  /** Number of rows that a row stands for. */
  count: v.optional(v.string()),
  /** How much a row weighs. */
  weight: v.optional(v.string()),
  /** Rows with the same value stay in one fold. */
  group: v.optional(v.string()),
  /** Rows are predicted by models of earlier rows. */
  time: v.optional(v.string()),
  /** For how much of something, such as time, the events of a row are counted. */
  exposure: v.optional(v.string()),
  /** The share of class 1 in the population; of several classes, the share of each, by its value. */
  prior: v.optional(v.union([share, v.record(v.string(), share)])),
};

const SamplingColumns = v.object(samplingEntries);
export type SamplingColumns = v.InferOutput<typeof SamplingColumns>;

/** What names a column, and what it does, for messages. */
export const roles = {
  count: 'says how many rows a row stands for',
  weight: 'says how much a row weighs',
  group: 'says which rows belong together',
  time: 'says which rows are earlier',
  exposure: 'says for how much the events of a row are counted',
} as const;
export type Role = keyof typeof roles;
const roleNames = Object.keys(roles) as Role[];

/** The roles that columns have. */
export const rolesIn = (columns: SamplingColumns): [role: Role, column: string][] =>
  roleNames.flatMap((role) => {
    const column = columns[role];
    return column === undefined ? [] : [[role, column] as [Role, string]];
  });

/**
 * The fields that a model can use: all but those that only say how the rows came about. The exposure of a count is a factor of the answer
 * too, and the last one.
 * @param kept names of columns that are inputs whatever they say
 */
export function inputFields<F extends { name: string }>(
  fields: readonly F[],
  columns: SamplingColumns,
  kept: readonly string[] = [],
): F[] {
  const isTaken = new Set(rolesIn(columns).map(([, column]) => column));
  const { exposure } = columns;
  const last = fields.filter(({ name }) => name === exposure);
  return [
    ...fields.filter(({ name }) => name !== exposure && (!isTaken.has(name) || kept.includes(name))),
    ...last,
  ];
}
