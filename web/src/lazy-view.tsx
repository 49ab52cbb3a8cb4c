import type { ComponentType } from 'preact';
import type { Entries } from './fields/entries.ts';
import type { View } from './link/fragment.ts';
import { writeFragment } from './link/fragment.ts';
import { useLocale } from './locale.ts';
import { loadPart } from './part.ts';
import { TroubleNotice } from './trouble-notice.tsx';
import { useLatest } from './use-latest.ts';
import type { ViewProps } from './view-props.ts';

type LazyName = Exclude<View, 'page'>;

/** Loaded when first looked at, so that the first view stays small. */
const loaders: Record<LazyName, () => Promise<{ default: ComponentType<ViewProps> }>> = {
  about: () => import('./about/about.tsx'),
  ops: () => import('./ops/ops.tsx'),
};

const load = (view: LazyName) =>
  loadPart(async () => {
    const { default: Shown } = await loaders[view]();
    return { Shown };
  });

export interface LazyViewProps extends ViewProps {
  view: LazyName;
  entries: Entries | undefined;
}

export function LazyView({ view, model, entries }: LazyViewProps) {
  const { messages } = useLocale();
  const { reply, trouble, retry } = useLatest(load, view);
  return (
    <>
      <p class="back">
        <a href={writeFragment({ view: 'page', entries })}>← {messages.back}</a>
      </p>
      {reply && <reply.Shown model={model} />}
      {trouble && <TroubleNotice trouble={trouble} retry={retry} />}
      {!reply && !trouble && <p class="loading">{messages.loading}</p>}
    </>
  );
}
