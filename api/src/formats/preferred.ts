import { negotiate } from '@fastify/accept-negotiator';

/** The media type that `Accept` prefers; the first where it prefers none of them. */
export function preferredOf<Type extends string>(accept: string | undefined, types: readonly Type[]): Type {
  const [first] = types;
  if (accept === undefined || types.length === 1) return first;
  const preferred = negotiate(accept, [...types]);
  return types.find((type) => type === preferred) ?? first;
}
