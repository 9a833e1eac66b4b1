/** One installed file: its path from the root, and what changes when its content does. */
export interface Installed {
  readonly path: string;
  readonly revision: string;
}

/** The files of one build, and a name that no other build has. */
export interface Build {
  readonly id: string;
  readonly files: readonly Installed[];
}
