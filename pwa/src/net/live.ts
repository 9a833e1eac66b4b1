const POLL_MS = 30_000;

/** The office's word that there may be something new; where it does not come, asking now and then. */
export interface LiveLine {
  /** Listens from now on; does nothing if it does already. */
  readonly open: () => void;
  readonly close: () => void;
}

/** A missed poke is harmless: each new connection counts as one, and without a connection every half minute does. */
export function liveLine(connect: () => EventSource, poke: () => void): LiveLine {
  let source: EventSource | undefined;
  let poll: ReturnType<typeof setInterval> | undefined;
  const listen = () => {
    source?.close();
    source = connect();
    source.addEventListener('hello', poke);
    source.addEventListener('poke', poke);
  };
  const look = () => {
    if (source?.readyState === 1) return;
    if (source?.readyState === 2) listen();
    poke();
  };
  return {
    open() {
      if (source) return;
      listen();
      poll = setInterval(look, POLL_MS);
    },
    close() {
      clearInterval(poll);
      source?.close();
      source = undefined;
    },
  };
}
