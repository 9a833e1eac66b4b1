/** Names of the `:holes` in a path, as the compiler reads them. */
type Holes<Path extends string> = Path extends `${infer _}:${infer Hole}/${infer Rest}`
  ? Hole | Holes<`/${Rest}`>
  : Path extends `${infer _}:${infer Hole}`
    ? Hole
    : never;

export type Paths = Readonly<Record<string, string>>;
export type Params<Path extends string> = { readonly [Hole in Holes<Path>]: string };

/** One screen with what its address names. */
export type Route<Table extends Paths> = {
  readonly [Name in keyof Table & string]: { readonly name: Name; readonly params: Params<Table[Name]> };
}[keyof Table & string];

export interface Routes<Table extends Paths> {
  /** Of every screen, in the order of the table. */
  readonly names: readonly (keyof Table & string)[];
  /** Address of a screen: `href('job', { id })`. */
  readonly href: <Name extends keyof Table & string>(
    name: Name,
    ...params: Holes<Table[Name]> extends never ? [] : [Params<Table[Name]>]
  ) => string;
  /** The screen of an address, or undefined for one that was never ours. */
  readonly match: (hash: string) => Route<Table> | undefined;
}

/** Addresses of a face's screens, from a table of paths such as `{ job: '/job/:id' }`; kept after the `#`, so that one page serves all. */
export function makeRoutes<const Table extends Paths>(table: Table): Routes<Table> {
  const split = Object.entries(table).map(([name, path]) => ({ name, parts: path.split('/') }));
  return {
    names: Object.keys(table),
    href: (name, ...[params]) =>
      `#${table[name]?.replace(/:(\w+)/g, (_, hole: string) =>
        encodeURIComponent((params as Record<string, string> | undefined)?.[hole] ?? ''),
      )}`,
    match: (hash) => {
      const given = hash.replace(/^#?$/, '/').replace(/^#/, '').split('/');
      for (const { name, parts } of split) {
        const params = holesOf(parts, given);
        if (params) return { name, params } as Route<Table>;
      }
      return undefined;
    },
  };
}

function holesOf(parts: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (parts.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const value = given[i] ?? '';
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = decoded(value);
    else if (part !== value) return undefined;
  }
  return params;
}

/** A broken escape in a pasted link is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
