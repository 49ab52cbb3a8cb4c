/**
 * The published schemas allow unknown fields, and so misspelt ones. Their validators read every known field, so a field of `resource` that
 * `validate` never reads is unknown. `validate` must not copy the resource.
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
