import {
  Metadata,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import type { FastifyInstance } from 'fastify';
import type { Safety } from '../safety/index.ts';
import { requestId } from '../tracing/tracing.ts';
import { type Caller, callers } from './admission.ts';
import { type Refusal, refusalOf } from './refusals.ts';

/** A call that is being answered. */
export interface Call extends Caller {
  id: string;
  /** Seconds until the client gives up. */
  secondsLeft(): number;
}

/** Answers the message of a call. @throws Fault, Problem */
export type Answer = (bytes: Buffer, call: Call) => object | Promise<object>;

type Unary = (call: ServerUnaryCall<Buffer, object>, done: sendUnaryData<object>) => void;
type Stream = (call: ServerDuplexStream<Buffer, object>) => void;

/** Makes handlers of calls, which count and log each. */
export function handlers(app: FastifyInstance, safety: Safety) {
  const callerOf = callers(safety);

  function begin(name: string, call: ServerUnaryCall<Buffer, object> | ServerDuplexStream<Buffer, object>) {
    const began = performance.now();
    const caller = callerOf(call.metadata, call.getPeer());
    const id = requestId(caller);
    const metadata = new Metadata();
    metadata.set('x-request-id', id);
    call.sendMetadata(metadata);
    return {
      call: { ...caller, id, secondsLeft: () => (Number(call.getDeadline()) - Date.now()) / 1000 },
      refuse(error: Error): Refusal {
        const refusal = refusalOf(error);
        if (refusal.code === status.INTERNAL) app.log.error({ reqId: id, err: error }, 'a call failed');
        return refusal;
      },
      end(code: status): void {
        const milliseconds = performance.now() - began;
        app.observeCall?.(name, status[code], milliseconds);
        app.log.info(
          { reqId: id, grpc: name, code: status[code], milliseconds: Math.round(milliseconds * 1000) / 1000 },
          'answered',
        );
      },
    };
  }

  return {
    unary(name: string, answer: Answer): Unary {
      return async (given, done) => {
        const { call, refuse, end } = begin(name, given);
        try {
          done(null, await answer(given.request, call));
          end(status.OK);
        } catch (error) {
          const refusal = refuse(error as Error);
          done(refusal);
          end(refusal.code);
        }
      };
    },
    /**
     * Answers one message after another, no faster than the client reads.
     * @param admit asked once, before the first message
     * @param answer never throws: a refused message has an answer too
     * @param stopping ends the stream between two messages when it is aborted
     */
    stream(
      name: string,
      admit: (call: Call) => Promise<void>,
      answer: Answer,
      stopping: AbortSignal,
    ): Stream {
      return (given) => {
        const { call, refuse, end } = begin(name, given);
        let isBusy = true;
        let isOver = false;
        function finish(code: status, send?: () => void): void {
          if (isOver) return;
          isOver = true;
          stopping.removeEventListener('abort', stopIdle);
          send?.();
          end(code);
        }
        const stop = (refusal: Refusal) => finish(refusal.code, () => given.emit('error', refusal));
        const stopIdle = () => {
          if (!isBusy) stop(stopped);
        };
        function goOn(): void {
          isBusy = false;
          if (stopping.aborted) stop(stopped);
          else given.resume();
        }
        async function take(bytes: Buffer): Promise<void> {
          given.pause();
          isBusy = true;
          const response = await answer(bytes, call);
          if (isOver) return;
          if (given.write(response)) goOn();
          else given.once('drain', goOn);
        }
        stopping.addEventListener('abort', stopIdle);
        given.on('cancelled', () => finish(status.CANCELLED));
        admit(call).then(
          () => {
            given.on('data', (bytes: Buffer) => void take(bytes));
            given.on('end', () => finish(status.OK, () => given.end()));
            goOn();
          },
          (error: Error) => stop(refuse(error)),
        );
      };
    },
  };
}

const stopped: Refusal = {
  code: status.UNAVAILABLE,
  details: 'The server is stopping: start the stream again, on another instance',
  metadata: new Metadata(),
};
