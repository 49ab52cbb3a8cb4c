/**
 * The published schemas let fields pass that they do not know, and so would a misspelt one. Their validators read every field that they know:
 * what `validate` never reads of `resource` is unknown. It must not copy what it is given.
 * @returns paths such as /spec/replica
 */
export function unknownFields(resource: object, validate: (watched: object) => void): string[] {
  const unread = new Set<string>();
  const watch = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).map(([key, field]) => {
      unread.add(`${path}/${key}`);
      return [key, watch(field, `${path}/${key}`)] as const;
    });
    return new Proxy(Array.isArray(value) ? fields.map(([, field]) => field) : Object.fromEntries(fields), {
      get(target, key) {
        unread.delete(`${path}/${String(key)}`);
        return Reflect.get(target, key);
      },
    });
  };
  validate(watch(resource, '') as object);
  return [...unread];
}
