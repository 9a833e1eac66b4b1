import fc from 'fast-check';

/** The seed of all chance: `make test` gives one that a re-run of the same commit gives again. */
const seed: string | undefined = import.meta.env.VITE_SEED;
fc.configureGlobal({ numRuns: 200, ...(seed === undefined ? {} : { seed: Number(seed) }) });
