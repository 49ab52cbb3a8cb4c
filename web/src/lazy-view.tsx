import type { ModelDescription } from '@hearth/artifact';
import type { ComponentType } from 'preact';
import { ErrorNotice } from './error-notice.tsx';
import { type Link, type View, writeFragment } from './link/fragment.ts';
import { useLocale } from './locale.ts';
import { loadPart } from './service-error.ts';
import { useLatest } from './use-latest.ts';

type LazyName = Exclude<View, 'page'>;

/** Loaded when first opened, so that the first view stays small. */
const loaders: Record<LazyName, () => Promise<{ default: ComponentType<{ model: ModelDescription }> }>> = {
  about: () => import('./about/about.tsx'),
  ops: () => import('./ops/ops.tsx'),
};

const load = (view: LazyName) =>
  loadPart(async () => {
    const { default: Shown } = await loaders[view]();
    return { Shown };
  });

export interface LazyViewProps {
  model: ModelDescription;
  view: LazyName;
  /** What the page showed. */
  link: Link;
}

export function LazyView({ view, model, link }: LazyViewProps) {
  const { messages } = useLocale();
  const { reply, error, retry } = useLatest(load, view);
  return (
    <>
      <p class="back">
        <a href={writeFragment({ ...link, view: 'page' })}>← {messages.back}</a>
      </p>
      {reply && <reply.Shown model={model} />}
      {error && <ErrorNotice error={error} retry={retry} />}
      {!reply && !error && <p class="loading">{messages.loading}</p>}
    </>
  );
}
