import { ArtifactError, type Manifest, type Model } from '@hearth/artifact';
import type { Registry } from '@hearth/artifact/store';
import { type Comparison, compareOutOfFold } from './compare.ts';
import { brokenInvariants } from './invariants.ts';
import { limits } from './limits.ts';

/** What the gate says of a version that is to be promoted. */
export interface Verdict {
  version: string;
  /** The version in production that it was compared with. */
  champion?: string;
  accepted: boolean;
  /** Why not, one line each, in figures. */
  reasons: string[];
  evidence: {
    /** With the version in production; how: by the predictions that both carry, or by learning both recipes anew. */
    champion?: Comparison & { by: 'out-of-fold' | 'refit' };
    /** With the version, of all ever promoted, that it loses most against. */
    best?: Comparison & { version: string };
    broken: string[];
  };
}

/** Learns the recipes of two versions anew on the challenger's rows. */
export type Refit = (challenger: Manifest, champion: Manifest) => Promise<Comparison>;

/**
 * Compares a version with the one in production and with all ever promoted, and looks for broken invariants.
 * @param refit used where the versions were learned from different data
 */
export async function judgeVersion(registry: Registry, version: string, refit: Refit): Promise<Verdict> {
  const challenger = await registry.load(version);
  const champion = await productionOf(registry);
  const evidence: Verdict['evidence'] = { broken: brokenInvariants(challenger) };
  const reasons = [...evidence.broken];
  if (champion && champion.version !== version) {
    const comparison = await compareWith(challenger.manifest, champion.manifest, refit);
    evidence.champion = comparison;
    reasons.push(...refusals(comparison, champion.version));
    const best = await hardestRival(registry, challenger);
    if (best) {
      evidence.best = best;
      if (best.loss > limits.lossAgainstBest) {
        reasons.push(
          `it loses ${best.loss.toFixed(4)} against ${best.version}, the best version ever promoted; at most ${limits.lossAgainstBest}`,
        );
      }
    }
  }
  return {
    version,
    ...(champion && { champion: champion.version }),
    accepted: reasons.length === 0,
    reasons,
    evidence,
  };
}

async function compareWith(challenger: Manifest, champion: Manifest, refit: Refit) {
  if (challenger.data.sha256 === champion.data.sha256) {
    return { ...compareOutOfFold(challenger, champion), by: 'out-of-fold' as const };
  }
  return { ...(await refit(challenger, champion)), by: 'refit' as const };
}

function refusals({ loss, low, high, rows }: Comparison, champion: string): string[] {
  const figures = `${loss.toFixed(4)} (95 % interval ${low.toFixed(4)} to ${high.toFixed(4)}, ${rows} rows)`;
  if (low > 0) return [`it loses ${figures} against ${champion}, which is no accident`];
  return loss > limits.loss ? [`it loses ${figures} against ${champion}; at most ${limits.loss}`] : [];
}

/** Of the versions ever promoted that can still be compared, the one that the challenger loses most against. */
async function hardestRival(registry: Registry, challenger: Model): Promise<Verdict['evidence']['best']> {
  const journal = await registry.journal();
  const promoted = new Set(
    journal.flatMap(({ action, version }) => (action === 'promote' && version ? [version] : [])),
  );
  promoted.delete(challenger.version);
  const compared: NonNullable<Verdict['evidence']['best']>[] = [];
  for (const version of promoted) {
    const rival = await loadWhole(registry, version);
    if (rival) compared.push({ version, ...compareOutOfFold(challenger.manifest, rival.manifest) });
  }
  return compared
    .filter(({ rows }) => rows >= limits.commonRows)
    .reduce<Verdict['evidence']['best']>(
      (worst, each) => (worst && worst.loss >= each.loss ? worst : each),
      undefined,
    );
}

/** The model in production; none where nothing whole is, for then any sound version is better. */
async function productionOf(registry: Registry): Promise<Model | undefined> {
  const { version } = await registry.intended();
  return version === undefined ? undefined : loadWhole(registry, version);
}

/** A version that cannot be loaded any more cannot be compared with. */
async function loadWhole(registry: Registry, version: string): Promise<Model | undefined> {
  try {
    return await registry.load(version);
  } catch (error) {
    if (error instanceof ArtifactError) return undefined;
    throw error;
  }
}
