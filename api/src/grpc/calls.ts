import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { FastifyInstance } from 'fastify';
import type { Limits } from '../admission/index.ts';
import { deadline } from '../admission/index.ts';
import { requestId } from '../tracing/tracing.ts';
import { Answering, type Call, type Caller, timeoutOf } from './call.ts';
import { type Message, MessageReader } from './message-reader.ts';
import { endingOf, Refused } from './refusals.ts';

/** Answers the message of a call. @throws Fault, Problem */
export type Answer = (message: Buffer, call: Call) => Uint8Array | Promise<Uint8Array>;

/** Answers a call: one stream of HTTP/2. */
export type Handler = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, caller: Caller) => void;

interface Begun {
  call: Call;
  answering: Answering;
  /** Ends the call. */
  refuse(error: Error): void;
}

/** Makes handlers of calls, which count and log each. */
export function handlers(app: FastifyInstance, { bodyBytes, bodySeconds }: Limits) {
  function begin(name: string, stream: ServerHttp2Stream, caller: Caller): Begun {
    const began = performance.now();
    const timeout = timeoutOf(caller.headers) ?? Number.POSITIVE_INFINITY;
    const call: Call = {
      ...caller,
      id: requestId(caller),
      secondsLeft: () => (timeout - (performance.now() - began)) / 1000,
    };
    const answering = new Answering(stream, call.id, (code) => {
      const milliseconds = performance.now() - began;
      forget?.();
      app.observeCall?.(name, code, milliseconds);
      app.logCall?.(call.id, name, code, milliseconds);
    });
    function refuse(error: Error): void {
      const ending = endingOf(error);
      if (ending.code === 'INTERNAL') app.log.error({ reqId: call.id, err: error }, 'a call failed');
      answering.end(ending);
    }
    const forget =
      timeout < Number.POSITIVE_INFINITY
        ? deadline(timeout, () =>
            refuse(new Refused('DEADLINE_EXCEEDED', 'the deadline of the client is over')),
          )
        : undefined;
    return { call, answering, refuse };
  }

  return {
    unary(name: string, answer: Answer): Handler {
      return (stream, headers, caller) => {
        const { call, answering, refuse } = begin(name, stream, caller);
        const reader = new MessageReader(bodyBytes, headers['grpc-encoding']?.toString());
        let message: Message | undefined;
        const arrived = deadline(bodySeconds * 1000, () => {
          refuse(
            new Refused('DEADLINE_EXCEEDED', `the message did not arrive within ${bodySeconds} seconds`),
          );
        });
        stream.on('data', (bytes: Buffer) => {
          if (answering.isOver) return;
          try {
            for (const each of reader.take(bytes)) {
              if (message) throw new Refused('INTERNAL', `${name} takes one message, and more came`);
              message = each;
            }
          } catch (error) {
            arrived();
            refuse(error as Error);
          }
        });
        stream.on('close', arrived);
        stream.on('end', async () => {
          arrived();
          if (answering.isOver) return;
          try {
            if (reader.isWithin) throw endedWithin;
            if (!message) throw new Refused('INTERNAL', `${name} takes one message, and none came`);
            answering.complete(await answer(await reader.open(message), call));
          } catch (error) {
            refuse(error as Error);
          }
        });
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
    ): Handler {
      return async (stream, headers, caller) => {
        const { call, answering, refuse } = begin(name, stream, caller);
        const reader = new MessageReader(bodyBytes, headers['grpc-encoding']?.toString());
        let isBusy = false;
        const stopIdle = () => {
          if (!isBusy) refuse(stopped);
        };
        stopping.addEventListener('abort', stopIdle);
        stream.on('close', () => stopping.removeEventListener('abort', stopIdle));
        try {
          await admit(call);
          // by default an error would close the stream, and its status could not be sent
          for await (const bytes of stream.iterator({ destroyOnReturn: false })) {
            isBusy = true;
            for (const message of reader.take(bytes)) {
              if (answering.isOver) return;
              if (!answering.send(await answer(await reader.open(message), call))) await drained(stream);
              if (stopping.aborted) throw stopped;
            }
            isBusy = reader.isWithin;
          }
          if (reader.isWithin) throw endedWithin;
          answering.end();
        } catch (error) {
          if (!stream.destroyed || !answering.isOver) refuse(error as Error);
        }
      };
    },
  };
}

const endedWithin = new Refused('INTERNAL', 'the stream ended within a message');

const stopped = new Refused(
  'UNAVAILABLE',
  'The server is stopping: start the stream again, on another instance',
);

const drained = (stream: ServerHttp2Stream): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
