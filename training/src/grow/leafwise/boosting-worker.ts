import { workerData } from 'node:worker_threads';
import type { FromHelper, HelperData } from './boosting-threads.ts';
import { createRounds, type GrowRound } from './grow-round.ts';
import { failAll, joinTeam, OtherFailed } from './team.ts';

const { work, meeting, rank, isOver, port }: HelperData = workerData;
try {
  const team = joinTeam(meeting, rank);
  const grow = createRounds(work, team);
  const hasOwn = work.own.scores.length > 1;
  const rounds: ReturnType<GrowRound>[] = [];
  for (;;) {
    team.meet();
    if (Atomics.load(isOver, 0) === 1) break;
    const grown = grow();
    rounds.push(hasOwn ? grown : []);
  }
  port.postMessage({ rounds } satisfies FromHelper);
  team.meet();
} catch (error) {
  if (!(error instanceof OtherFailed)) port.postMessage({ error } satisfies FromHelper);
  failAll(meeting);
}
