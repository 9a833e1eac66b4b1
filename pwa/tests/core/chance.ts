import fc from 'fast-check';

/** The seed of all chance: `make test` gives one that a re-run of the same commit gives again. */
const seed: string | undefined = import.meta.env.VITE_SEED;

/** How often a law is tried; `make proof` tries ten times as often. */
const runs: string | undefined = import.meta.env.VITE_RUNS;

fc.configureGlobal({ numRuns: Number(runs ?? 200), ...(seed === undefined ? {} : { seed: Number(seed) }) });
