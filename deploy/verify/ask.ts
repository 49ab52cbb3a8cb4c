/** A check that fails for now: `within` repeats it. Any other error is final. */
export class NotYet extends Error {}

/** Fetches a URL. @throws NotYet unless it is answered with 200 */
export async function get(url: URL | string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(5000) }).catch((error: Error) => {
    throw new NotYet(
      `${url} does not answer (${error.cause instanceof Error ? error.cause.message : error.message})`,
    );
  });
  if (answer.status === 200) return answer;
  throw new NotYet(`${url} answers ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
}

/** Repeats a check every 250 ms until it passes. @throws its last reason if it does not within `seconds` */
export async function within<T>(seconds: number, ask: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
      if (performance.now() > deadline)
        throw new Error(`after ${seconds} s: ${error.message}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
