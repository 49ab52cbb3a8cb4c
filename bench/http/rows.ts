import { type Column, kindOf, type ModelDescription } from '@hearth/artifact';

/** A row from the middle of the seen ranges of the server's model, and the model. */
export async function middleRow(
  url: string,
): Promise<{ row: Record<string, unknown>; version: string; name: string; columns: Column[] }> {
  const { columns, name, version } = (await (await fetch(`${url}/model`)).json()) as ModelDescription;
  const cells = columns.map((column) => [column.name, kindOf(column).example(column)]);
  return { row: Object.fromEntries(cells), version, name, columns: columns as Column[] };
}
