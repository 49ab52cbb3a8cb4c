import { english } from '../../columns/texts.ts';
import type { ExternalEvaluation } from '../../manifest/external.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { pipeTable, plain } from '../markdown.ts';

/** An item that a reviewer ticks. */
export interface Item {
  id: string;
  about: string;
  /** What is known, or the section of the card that has it; nothing where nobody has stated it. */
  told(manifest: Manifest, evaluations: readonly ExternalEvaluation[]): string | false | undefined;
}

export type Told = Item['told'];
type Reported = keyof NonNullable<Manifest['reporting']>;

/** What the data package says in `hearth.reporting`. */
export const reported =
  (name: Reported): Told =>
  ({ reporting }) =>
    plain(english(reporting?.[name])) || undefined;

/** The first of them that is told. */
export const either =
  (...told: Told[]): Told =>
  (...known) => {
    for (const each of told) {
      const text = each(...known);
      if (text) return text;
    }
    return undefined;
  };

/** What training does with every table; of an imported model nobody has stated it. */
export const inTraining =
  (text: string): Told =>
  ({ data }) =>
    !data.imported && text;

/** A line for each item. */
export const checklistTable = (
  items: readonly Item[],
  manifest: Manifest,
  evaluations: readonly ExternalEvaluation[],
): string =>
  pipeTable(
    ['item', 'about', 'in this card'],
    items.map(({ id, about, told }) => [id, about, told(manifest, evaluations) || 'not stated']),
  );
