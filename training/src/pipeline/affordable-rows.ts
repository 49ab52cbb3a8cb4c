import type { Forest } from '@hearth/artifact';

/** Nodes × rows that are explained at most. */
const mostWork = 5e7;

/** How many rows are worth explaining: the time is proportional to the nodes of the forest. */
export const affordableRows = ({ feature: { length } }: Forest, most: number): number =>
  Math.max(20, Math.min(most, Math.floor(mostWork / Math.max(1, length))));
