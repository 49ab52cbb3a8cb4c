/** The loss of blending the members with these weights. @param weights [members], which add up to 1 */
export type BlendLoss = (weights: readonly number[]) => number;

/** Weights are multiples of 1 / steps: finer ones are not told apart by the losses of a few thousand rows, and small ones not worth a model. */
const steps = 20;
const strides = [4, 1];

/**
 * The weights with the least loss, found by moving a part of the weight from one member to another while the loss falls, from the best
 * member on; first a fifth, then a twentieth. The loss is convex enough for that: it is flat around its minimum.
 */
export function leastWeights(members: number, loss: BlendLoss): number[] {
  const tried = (shares: readonly number[]) => ({ shares, loss: loss(shares.map((share) => share / steps)) });
  const alone = Array.from({ length: members }, (_, i) =>
    tried(Array.from({ length: members }, (_, j) => (i === j ? steps : 0))),
  );
  const least = (of: readonly Tried[]) => of.reduce((a, b) => (b.loss < a.loss ? b : a));
  let best = least(alone);
  for (const stride of strides) {
    for (;;) {
      const next = least([best, ...movesFrom(best.shares, stride).map(tried)]);
      if (next === best) break;
      best = next;
    }
  }
  return best.shares.map((share) => share / steps);
}

interface Tried {
  /** Multiples of 1 / steps. */
  shares: readonly number[];
  loss: number;
}

/** The shares with a part of one moved to another. */
function movesFrom(shares: readonly number[], part: number): number[][] {
  return shares.flatMap((given, from) =>
    given < part
      ? []
      : shares.flatMap((_, to) =>
          to === from
            ? []
            : [shares.map((share, i) => share + part * (Number(i === to) - Number(i === from)))],
        ),
  );
}
