/** Nodes of all corrections of a regression: some 20 MB, and a row with all columns passes nearly all of their gates. */
const mostNodes = 5e5;

/**
 * How many rounds of corrections there is room for: each tree is there twice, once behind the gate, and so are the trees that undo the
 * regression where the corrections do not start from it.
 * @param leaves of a tree at most @param gate number of columns @returns 0 or less if there is room for none
 */
export function roundsWithRoom(
  { binned: { columns }, outputs }: { binned: { columns: readonly { size: number }[] }; outputs: number },
  { leaves, gate, fromRegression }: { leaves: number; gate: number; fromRegression: boolean },
): number {
  const twice = (nodes: number) => 2 * nodes + 2 * gate;
  const undoing = columns.reduce((sum, { size }) => sum + outputs * twice(2 * size + 3), 0);
  const room = mostNodes - (fromRegression ? 0 : undoing);
  return Math.floor(room / (outputs * twice(2 * leaves - 1)));
}
