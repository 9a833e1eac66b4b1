/** By whose clock a unit lives of which nothing is known yet. */
const COMPANY_ZONE = 'Asia/Taipei';

interface Visit {
  readonly timeZone: string;
}

/** The zone of the unit that somebody works in, and of the one that he looks at. */
class Zones {
  own = $state(COMPANY_ZONE);
  visited = $state.raw<Visit>();
}
const zones = new Zones();

/** From now on every date and time is shown by that IANA zone, and what is shown already follows. */
export function liveIn(timeZone: string | null | undefined): void {
  zones.own = timeZone ?? COMPANY_ZONE;
}

/** Shows every date and time by another unit's zone, until the function is called that it returns. */
export function visit(timeZone: string): () => void {
  const visited = { timeZone };
  zones.visited = visited;
  return () => {
    if (zones.visited === visited) zones.visited = undefined;
  };
}

/** By which zone they are shown. */
export const livesIn = () => zones.visited?.timeZone ?? zones.own;

/** Whether that is another zone than one's own unit's. */
export const isAway = () => livesIn() !== zones.own;
