/** One installed file: its path from the root, and what changes when its content does. */
export interface Installed {
  readonly path: string;
  readonly revision: string;
  /** Kept when it is first asked for, not installed with the rest: the guide's pictures, of which each role has its own. */
  readonly later?: true;
}

/** The files of one build, and a name that no other build has. */
export interface Build {
  readonly id: string;
  readonly files: readonly Installed[];
}
