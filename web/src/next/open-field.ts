import type { Column } from '@hearth/artifact';

/** Opens the group of a field, if it is closed, and gives the field the focus. */
export function openField({ name, group }: Pick<Column, 'name' | 'group'>): void {
  const id = CSS.escape(`field-${name}`);
  const focus = () => {
    const field = document.querySelector<HTMLElement>(`#${id}, #${id}-0`);
    field?.focus();
    field?.closest('.field')?.scrollIntoView({ block: 'nearest' });
    return field !== null;
  };
  if (focus()) return;
  const details = document.querySelector<HTMLDetailsElement>(`[data-group="${CSS.escape(group ?? '')}"]`);
  if (!details) return;
  // the fields of a group are rendered once it is open
  const watch = new MutationObserver(() => {
    if (focus()) watch.disconnect();
  });
  watch.observe(details, { childList: true, subtree: true });
  details.open = true;
}
