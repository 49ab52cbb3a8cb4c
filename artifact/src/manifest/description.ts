import * as v from 'valibot';
import { printable } from '../printable.ts';
import { describableFaults } from './describable.ts';
import { Manifest } from './manifest.ts';

const Described = v.omit(Manifest, [
  'features',
  'answer',
  'interval',
  'engine',
  'evaluation',
  'golden',
  'files',
]);
/** The part of a manifest that is known before anything is learned. */
export type Description = v.InferOutput<typeof Described>;

export interface DescriptionFault {
  /** The members that lead to it; empty where the fault says where it is. */
  path: (string | number)[];
  fault: string;
}

/** Everything for which no reader would load a model of this description, whatever it learns. */
export function descriptionFaults(description: Description): DescriptionFault[] {
  const { issues = [] } = v.safeParse(Described, description);
  const faults = [
    ...issues.map(({ path = [], message }) => ({
      path: path.map(({ key }) => key as string | number),
      fault: message,
    })),
    ...describableFaults(description).map((fault) => ({ path: [], fault })),
  ];
  return faults.map(({ path, fault }) => ({ path, fault: printable(fault, 400) }));
}
