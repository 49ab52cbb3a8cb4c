import type { ModelDescription } from '@hearth/artifact';

/** A row of the middle of what the server's model has seen, and the model. */
export async function middleRow(url: string): Promise<{ row: Record<string, unknown>; model: string }> {
  const { columns, version } = (await (await fetch(`${url}/model`)).json()) as ModelDescription;
  const cells = columns.map((column) => {
    if (column.type === 'category') return [column.name, column.categories[0].value];
    const middle = (column.seen.minimum + column.seen.maximum) / 2;
    return [column.name, column.type === 'integer' ? Math.round(middle) : middle];
  });
  return { row: Object.fromEntries(cells), model: version };
}
