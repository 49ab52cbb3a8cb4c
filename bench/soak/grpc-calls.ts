import { setTimeout as wait } from 'node:timers/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { methods } from '@hearth/api/grpc';

/** A row that is asked for its probability: numbers and texts by column. */
export interface CalledRow {
  model: string;
  columns: Readonly<Record<string, number | string>>;
}

/** The answer to one row. */
export interface CallAnswer {
  version: string;
  probability: number;
}

interface Answer {
  model_version: string;
  outputs: { contents: { fp64_contents: number[] } }[];
}

const connections = 4;

interface Manner {
  /** Milliseconds between the calls of a connection. */
  pause?: number;
  /** Whether clients send a call again that a server refused unread, as they do by default. */
  retries?: boolean;
}

/**
 * Calls by gRPC until it is stopped, on several connections.
 * @param judge gives the fault of an answer to a row, if it has one; `sent` in milliseconds since the epoch
 */
export function startCalls(
  port: number,
  rows: readonly CalledRow[],
  judge: (row: number, answer: CallAnswer, sent: number) => string | undefined,
  { pause = 0, retries = false }: Manner = {},
) {
  const { path, client: messages } = methods().ModelInfer;
  const requests = rows.map((row) => messages.write(requestOf(row)));
  const failures: Record<string, number> = {};
  let calls = 0;
  let isOver = false;

  async function callOn(client: Client): Promise<void> {
    const row = calls++ % requests.length;
    const sent = Date.now();
    const fault = await new Promise<string | undefined>((resolve) => {
      client.makeUnaryRequest(
        path,
        (bytes: Buffer) => bytes,
        (bytes) => messages.read(bytes) as Answer,
        requests[row],
        (error, answer) => {
          if (error || !answer) return resolve(error?.message ?? 'no answer');
          const [probability] = answer.outputs[0].contents.fp64_contents;
          resolve(judge(row, { version: answer.model_version, probability }, sent));
        },
      );
    });
    if (fault) failures[`gRPC: ${fault}`] = (failures[`gRPC: ${fault}`] ?? 0) + 1;
  }

  const loops = Array.from({ length: connections }, async () => {
    const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.enable_retries': retries ? 1 : 0,
    });
    while (!isOver) {
      await callOn(client);
      if (pause > 0) await wait(pause);
    }
    client.close();
  });
  return {
    soFar: () => ({ requests: calls, failures: { ...failures } }),
    async stop() {
      isOver = true;
      await Promise.all(loops);
      return { requests: calls, failures };
    },
  };
}

const requestOf = ({ model, columns }: CalledRow): object => ({
  model_name: model,
  inputs: Object.entries(columns).map(([name, value]) =>
    typeof value === 'number'
      ? { name, datatype: 'FP64', shape: [1], contents: { fp64_contents: [value] } }
      : { name, datatype: 'BYTES', shape: [1], contents: { bytes_contents: [Buffer.from(value)] } },
  ),
  outputs: [{ name: 'probability' }],
});
