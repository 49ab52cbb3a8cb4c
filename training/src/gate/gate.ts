import { ArtifactError, type Evaluated, isEvaluated, type Manifest, type Model } from '@hearth/artifact';
import type { Registry } from '@hearth/artifact/store';
import {
  type Comparison,
  compareOutOfFold,
  comparePairs,
  countAlike,
  type LossName,
  lossName,
  lossScale,
  observedIn,
  type Pair,
  type Paired,
  pairOutOfFold,
  signed,
} from './compare.ts';
import { compareDecisions, type DecisionComparison } from './decision.ts';
import { brokenInvariants } from './invariants.ts';
import { limits } from './limits.ts';
import { compareSubgroups, type SubgroupComparison } from './subgroups.ts';

/** The gate's decision on a version that should be promoted. */
export interface Verdict {
  version: string;
  /** The version in production. */
  champion?: string;
  /** What the losses of quantiles are; all others are mean squared errors. */
  error?: 'pinball loss';
  accepted: boolean;
  /** Why it is refused: one line for each reason. */
  reasons: string[];
  evidence: {
    /** Compared with the champion: by the out-of-fold predictions in both manifests, or by retraining both recipes. */
    champion?: Comparison & { by: 'out-of-fold' | 'refit' | 'table' };
    /** Compared with the best version ever promoted. */
    best?: Comparison & { version: string };
    /** Compared with the champion by the net benefit at the declared threshold. */
    decision?: DecisionComparison;
    /** Compared with the champion within each declared subgroup that has enough rows. */
    subgroups?: SubgroupComparison[];
    /** Broken invariants, one line each. */
    broken: string[];
  };
}

/** Retrains the recipes of two versions on the challenger's rows. */
export type Refit = (challenger: Evaluated, champion: Evaluated) => Promise<Comparison & { paired?: Paired }>;

/** Compares the predictions of two versions on rows that the user names. */
export type OnTable = (challenger: Model, champion: Model) => Comparison & { pairs: readonly Pair[] };

/**
 * Compares a version with the one in production and with every version ever promoted, and tests the invariants.
 * @param refit called when the two versions were trained on different data, count or split its rows differently, or have too few
 *   out-of-fold rows in common
 * @param onTable compares by other rows instead: what a version that was imported and is not evaluated needs
 */
export async function judgeVersion(
  registry: Registry,
  version: string,
  refit: Refit,
  onTable?: OnTable,
): Promise<Verdict> {
  const challenger = await registry.load(version);
  const champion = await productionOf(registry);
  const error = lossName(challenger.manifest.target);
  const evidence: Verdict['evidence'] = { broken: brokenInvariants(challenger) };
  const reasons = [...evidence.broken];
  if (champion && champion.version !== version) {
    const [ours, theirs] = [challenger.manifest, champion.manifest];
    const otherwise = otherTarget(ours, champion);
    if (otherwise) reasons.push(otherwise);
    else if (onTable) {
      const { pairs, ...comparison } = onTable(challenger, champion);
      evidence.champion = { ...comparison, by: 'table' };
      reasons.push(...refusals(comparison, champion.version, error));
      reasons.push(...compareAtThreshold(ours, pairs, champion.version, evidence));
    } else if (isEvaluated(ours) && isEvaluated(theirs)) {
      const { paired, ...comparison } = await compareWith(ours, theirs, refit);
      evidence.champion = comparison;
      reasons.push(...refusals(comparison, champion.version, error));
      if (paired) reasons.push(...compareParts(ours, paired, champion.version, evidence));
    } else {
      const which = isEvaluated(ours) ? champion.version : version;
      reasons.push(
        `it cannot be compared with ${champion.version}: ${which} is not evaluated; compare both on a table with the target: --on FILE`,
      );
    }
    const best = isEvaluated(ours) ? await compareWithBest(registry, version, ours) : undefined;
    if (best) {
      evidence.best = best;
      if (best.loss > limits.lossAgainstBest) {
        reasons.push(
          `its ${error} is ${best.loss.toFixed(4)} higher than that of ${best.version}, the best version ever promoted; at most ${limits.lossAgainstBest} is accepted`,
        );
      }
    }
  } else if (await isUnknown(registry, challenger)) {
    reasons.push(
      `it is imported and was never evaluated: score it on a table with the target (hearth evaluate ${version} FILE --as "…" --model ${challenger.manifest.name})`,
    );
  }
  return {
    version,
    ...(champion && { champion: champion.version }),
    ...(error === 'pinball loss' && { error }),
    accepted: reasons.length === 0,
    reasons,
    evidence,
  };
}

/** An imported version of which nobody knows how good it is. */
async function isUnknown(registry: Registry, { manifest, version }: Model): Promise<boolean> {
  if (!manifest.data.imported || isEvaluated(manifest)) return false;
  return (await registry.evaluations(version)).evaluations.length === 0;
}

/** Several classes and one number have no error in common. */
function otherTarget({ target }: Manifest, { manifest, version }: Model): string | undefined {
  const [ours, theirs] = [target, manifest.target].map(quantilesOf);
  if (ours !== theirs)
    return `it cannot be compared with ${version}: it answers with ${ours}, ${version} with ${theirs}`;
  if ((target.type === 'classes') === (manifest.target.type === 'classes')) return undefined;
  return `it cannot be compared with ${version}: its target has the type ${target.type}, that of ${version} ${manifest.target.type}`;
}

const quantilesOf = (target: Manifest['target']): string =>
  target.type === 'numeric' && target.quantiles
    ? `the quantiles ${target.quantiles.join(', ')}`
    : 'no quantiles';

async function compareWith(challenger: Evaluated, champion: Evaluated, refit: Refit) {
  if (challenger.data.sha256 === champion.data.sha256 && countAlike(challenger, champion)) {
    const paired = pairOutOfFold(challenger, champion);
    // two samples of a large table may have hardly a row in common
    if (paired.pairs.length >= Math.min(limits.commonRows, challenger.evaluation.outOfFold.length)) {
      const comparison = comparePairs(paired.pairs, lossScale(challenger.target, observedIn(challenger)));
      return { ...comparison, paired, by: 'out-of-fold' as const };
    }
  }
  return { ...(await refit(challenger, champion)), by: 'refit' as const };
}

/** Compares decisions and subgroups, into the evidence. @returns why the version is refused */
function compareParts(
  challenger: Evaluated,
  paired: Paired,
  champion: string,
  evidence: Verdict['evidence'],
): string[] {
  const subgroups = compareSubgroups(paired, lossScale(challenger.target, observedIn(challenger)));
  if (subgroups.length > 0) evidence.subgroups = subgroups;
  return [
    ...compareAtThreshold(challenger, paired.pairs, champion, evidence),
    ...subgroups
      .filter(({ worse }) => worse)
      .map((each) => worseSubgroup(each, champion, lossName(challenger.target))),
  ];
}

/** Compares decisions at the declared threshold, into the evidence. @returns why the version is refused */
function compareAtThreshold(
  { data }: Manifest,
  pairs: readonly Pair[],
  champion: string,
  evidence: Verdict['evidence'],
): string[] {
  const { threshold } = data.decision ?? {};
  if (threshold === undefined) return [];
  evidence.decision = compareDecisions(pairs, threshold);
  return evidence.decision.high < 0 ? [worseDecision(evidence.decision, champion)] : [];
}

const worseDecision = (
  { threshold, difference, low, high, rows }: DecisionComparison,
  champion: string,
): string =>
  `its decisions are significantly worse than those of ${champion}: at the declared threshold, ${threshold}, its net benefit is ${(-difference).toFixed(4)} lower (95 % interval ${signed(low)} to ${signed(high)}, ${rows} rows)`;

const worseSubgroup = (
  { subgroup, loss, low, high, rows }: SubgroupComparison,
  champion: string,
  error: LossName,
): string =>
  `it is significantly worse than ${champion} in the subgroup "${subgroup}": its ${error} is ${loss.toFixed(4)} higher (95 % interval ${signed(low)} to ${signed(high)}, ${rows} rows; Holm over all subgroups)`;

function refusals({ loss, low, high, rows }: Comparison, champion: string, error: LossName): string[] {
  if (!Number.isFinite(loss))
    return [
      `it cannot be compared with ${champion}: the difference of their ${error === 'pinball loss' ? 'pinball losses' : 'mean squared errors'} on ${rows} rows is not a number`,
    ];
  const worse = `its ${error} is ${loss.toFixed(4)} higher (95 % interval ${signed(low)} to ${signed(high)}, ${rows} rows)`;
  if (low > 0) return [`it is significantly worse than ${champion}: ${worse}`];
  return loss > limits.loss
    ? [`it may be worse than ${champion}: ${worse}; at most ${limits.loss} is accepted`]
    : [];
}

/** The best version ever promoted is the one with the greatest loss of the challenger, among those that can still be compared. */
async function compareWithBest(
  registry: Registry,
  challenger: string,
  manifest: Evaluated,
): Promise<Verdict['evidence']['best']> {
  const journal = await registry.journal();
  const promoted = new Set(
    journal.flatMap(({ action, version }) => (action === 'promote' && version ? [version] : [])),
  );
  promoted.delete(challenger);
  const compared: NonNullable<Verdict['evidence']['best']>[] = [];
  for (const version of promoted) {
    const other = await loadIfSound(registry, version);
    if (!other || !isEvaluated(other.manifest) || otherTarget(manifest, other)) continue;
    if (countAlike(manifest, other.manifest))
      compared.push({ version, ...compareOutOfFold(manifest, other.manifest) });
  }
  return compared
    .filter(({ rows }) => rows >= limits.commonRows)
    .reduce<Verdict['evidence']['best']>(
      (worst, each) => (worst && worst.loss >= each.loss ? worst : each),
      undefined,
    );
}

/** The model in production; undefined if it cannot be loaded: any sound version is better then. */
async function productionOf(registry: Registry): Promise<Model | undefined> {
  const { version } = await registry.intended();
  return version === undefined ? undefined : loadIfSound(registry, version);
}

/** The model of a version; undefined if its files are damaged. */
async function loadIfSound(registry: Registry, version: string): Promise<Model | undefined> {
  try {
    return await registry.load(version);
  } catch (error) {
    if (error instanceof ArtifactError) return undefined;
    throw error;
  }
}
