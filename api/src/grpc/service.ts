import type { FastifyInstance } from 'fastify';
import { Fault } from '../v2/fault.ts';
import type { InferenceService } from '../v2/service.ts';
import { assertAllowed } from './admission.ts';
import type { Call } from './call.ts';
import type { Answer } from './calls.ts';
import type { Method } from './definition.ts';
import { isRaw, type ModelInferRequest, requestOf, responseOf } from './messages.ts';
import { endingOf } from './refusals.ts';

interface Named {
  name: string;
  version: string;
}

/** Answers by method; `ModelStreamInfer` answers one message of a stream, and never throws. */
export function answersOf(
  app: FastifyInstance,
  service: InferenceService,
  methods: Record<string, Method>,
): Record<string, Answer> {
  const { read } = methods.ModelInfer;
  /** Reads a message that is small. */
  const of =
    <Message>(name: string, answer: (message: Message) => object | Promise<object>): ObjectAnswer =>
    (bytes) =>
      answer(readWith(methods[name].read, bytes) as Message);

  /** Infers once it is the turn of the message; its rows are read then. */
  async function infer(bytes: Buffer, { id, secondsLeft }: Call): Promise<object> {
    const batch = app.admitMessage('grpc', bytes.length);
    try {
      await batch?.turn;
      const message = readWith(read, bytes) as ModelInferRequest;
      const answerer = await service.answererOf({ name: message.model_name, version: message.model_version });
      const inferred = await service.infer(answerer, requestOf(message), id, secondsLeft());
      return responseOf(inferred, isRaw(message));
    } finally {
      batch?.leave();
    }
  }

  const answers: Record<string, ObjectAnswer> = {
    ServerLive: () => ({ live: true }),
    ServerReady: () => ({ ready: service.isReady() }),
    ModelReady: of('ModelReady', async (named: Named) => ({ ready: await service.isModelReady(named) })),
    ServerMetadata: () => service.serverMetadata(),
    ModelMetadata: of('ModelMetadata', (named: Named) => service.modelMetadata(named)),
    ModelConfig: of('ModelConfig', async (named: Named) => ({ config: await service.configuration(named) })),
    ModelStatistics: of('ModelStatistics', async (named: Named) => ({
      model_stats: await service.statistics(named.name === '' ? undefined : named),
    })),
    RepositoryIndex: of('RepositoryIndex', async ({ ready }: { ready: boolean }) => ({
      models: (await service.index()).filter(({ state }) => !ready || state === 'READY'),
    })),
    RepositoryModelLoad: () => Promise.reject(new Fault(service.unloadable.message, 501)),
    RepositoryModelUnload: () => Promise.reject(new Fault(service.unloadable.message, 501)),
    async ModelInfer(bytes, call) {
      await assertAllowed(app, call);
      return infer(bytes, call);
    },
    async ModelStreamInfer(bytes, call) {
      try {
        return { infer_response: await infer(bytes, call) };
      } catch (error) {
        return { error_message: endingOf(error as Error).message };
      }
    },
  };
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      async (bytes: Buffer, call: Call) => methods[name].write(await answer(bytes, call)),
    ]),
  );
}

/** Gives the response as an object. */
type ObjectAnswer = (bytes: Buffer, call: Call) => object | Promise<object>;

/** @throws Fault */
function readWith(read: Method['read'], bytes: Buffer): object {
  try {
    return read(bytes);
  } catch {
    throw new Fault('the message is not what the proto says: generate the client again from it');
  }
}
