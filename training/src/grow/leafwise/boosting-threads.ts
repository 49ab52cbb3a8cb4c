import { extname } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type BoostingWork, createRounds, type GrowRound } from './grow-round.ts';
import { lossOf } from './losses.ts';
import { countBlocks } from './row-blocks.ts';
import { alone, createMeeting, failAll, joinTeam, type Meeting, OtherFailed } from './team.ts';

/** What a helping thread is given. */
export interface HelperData {
  work: BoostingWork;
  meeting: Meeting;
  rank: number;
  /** 1 after the last round. */
  isOver: Int32Array;
  port: MessagePort;
}

type Rounds = ReturnType<GrowRound>[];

/** What a helping thread sends at the end: the trees that only it has. */
export type FromHelper = { rounds: Rounds } | { error: unknown };

/** Grows rounds of trees, with the help of other threads if there are any. */
interface Rounder {
  grow: GrowRound;
  /** Ends the other threads. @returns for each of them its trees of every round, if it has any that this thread has not */
  finish(): Rounds[];
}

/**
 * Starts threads that help the calling one. It blocks while they work together, also at their start: nothing here waits for its event loop.
 * @param size the number of threads, with the calling one
 */
export function startHelpers(work: BoostingWork, size: number): Rounder {
  const needsAllRows = lossOf(work.options.loss).quantile !== undefined; // in its leaves
  if (size === 1 || needsAllRows) return { grow: createRounds(work, alone), finish: () => [] };
  const meeting = createMeeting(size, mostNumbers(work));
  const isOver = new Int32Array(new SharedArrayBuffer(4));
  const ports = Array.from({ length: size - 1 }, (_, i) =>
    startHelper({ work, meeting, rank: i + 1, isOver }),
  );
  const team = joinTeam(meeting, 0);
  const checked = <T>(steps: () => T): T => {
    try {
      return steps();
    } catch (error) {
      failAll(meeting);
      if (!(error instanceof OtherFailed)) throw error;
      for (const port of ports) {
        const message = receive(port);
        if (message && 'error' in message) throw message.error;
      }
      throw error;
    }
  };
  const grow = checked(() => createRounds(work, team));
  return {
    grow: () =>
      checked(() => {
        team.meet();
        return grow();
      }),
    finish: () =>
      checked(() => {
        Atomics.store(isOver, 0, 1);
        team.meet();
        team.meet();
        return ports.map((port) => {
          const message = receive(port);
          if (!message || 'error' in message) throw new Error('a thread that grows trees sent none');
          return message.rounds;
        });
      }),
  };
}

const receive = (port: MessagePort): FromHelper | undefined => receiveMessageOnPort(port)?.message;

/** The most numbers that are added up at once: of blocks, of bins, or of nodes. */
function mostNumbers({ own: { matrix }, options }: BoostingWork): number {
  const bins = matrix.columns.reduce((sum, { size }) => sum + size + 1, 0);
  return Math.max(2 * countBlocks(matrix.rows), bins, 2 * options.leaves);
}

function startHelper(data: Omit<HelperData, 'port'>): MessagePort {
  const { port1, port2 } = new MessageChannel();
  // The worker is beside this file, both in the sources (.ts) and in the bundle (.mjs).
  const file = new URL(`./boosting-worker${extname(import.meta.filename)}`, import.meta.url);
  const workerData: HelperData = { ...data, port: port2 };
  new Worker(file, { workerData, transferList: [port2] }).unref();
  port1.unref();
  return port1;
}
