/** Not so yet, and may come to be: asked again until the time is over. Any other error is final. */
export class NotYet extends Error {}

/** Fetches what has to be there. @throws NotYet where nothing answers, or not with 200 */
export async function get(url: URL | string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(5000) }).catch((error: Error) => {
    throw new NotYet(
      `${url} does not answer (${error.cause instanceof Error ? error.cause.message : error.message})`,
    );
  });
  if (answer.status === 200) return answer;
  throw new NotYet(`${url} answers ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
}

/** Asks again every quarter of a second until it is so. @throws the last reason when it is not within `seconds` */
export async function within<T>(seconds: number, ask: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
      if (performance.now() > deadline)
        throw new Error(`after ${seconds} s ${error.message}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
