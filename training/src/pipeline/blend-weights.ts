/** The loss of blending the members with these weights. @param weights [members], which add up to 1 */
export type BlendLoss = (weights: readonly number[]) => number;

/** Weights are multiples of 1 / steps: finer ones are not told apart by the losses of a few thousand rows, and small ones not worth a model. */
const steps = 20;
const strides = [4, 1];
/** A member with less than a tenth is dropped: it would cost a whole model, and changes the loss by less than chance does. */
const fewest = 2;

/**
 * The weights with the least loss, found by moving a part of the weight from one member to another while the loss falls, from the best
 * member on; first a fifth, then a twentieth. Where members are dropped, the weights of the others are found again.
 */
export const leastWeights = (members: number, loss: BlendLoss): number[] =>
  largeShares(
    members,
    Array.from({ length: members }, (_, i) => i),
    loss,
  ).map((share) => share / steps);

/** Shares that are 0 or large enough. @param among the members that may have a weight @returns multiples of 1 / steps */
function largeShares(members: number, among: readonly number[], loss: BlendLoss): readonly number[] {
  const shares = leastShares(members, among, loss);
  const kept = among.filter((i) => shares[i] >= fewest);
  const isWhole = among.every((i) => shares[i] === 0 || shares[i] >= fewest);
  return isWhole ? shares : largeShares(members, kept, loss);
}

/** Shares of any size. @param among as above @returns multiples of 1 / steps */
function leastShares(members: number, among: readonly number[], loss: BlendLoss): readonly number[] {
  const tried = (shares: readonly number[]) => ({ shares, loss: loss(shares.map((share) => share / steps)) });
  const least = (of: readonly Tried[]) => of.reduce((a, b) => (b.loss < a.loss ? b : a));
  const alone = among.map((i) => tried(Array.from({ length: members }, (_, j) => (i === j ? steps : 0))));
  let best = least(alone);
  for (const stride of strides) {
    for (;;) {
      const next = least([best, ...movesFrom(best.shares, among, stride).map(tried)]);
      if (next === best) break;
      best = next;
    }
  }
  return best.shares;
}

interface Tried {
  /** Multiples of 1 / steps. */
  shares: readonly number[];
  loss: number;
}

/** The shares with a part of one moved to another. */
function movesFrom(shares: readonly number[], among: readonly number[], part: number): number[][] {
  const moved = (from: number, to: number) =>
    shares.map((share, i) => share + part * (Number(i === to) - Number(i === from)));
  const givers = among.filter((from) => shares[from] >= part);
  return givers.flatMap((from) => among.filter((to) => to !== from).map((to) => moved(from, to)));
}
