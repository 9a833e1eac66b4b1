import { computed } from 'nanostores';
import { fields, kinds, values } from '../text/fields.ts';
import { parts } from '../text/parts.ts';
import { channels, origins, outcomes, places, roles, unitKinds, unsignedReasons, zones } from '../text/vocabulary.ts';

/** The words that values and fields are told with, in the language now spoken. */
export const said = computed(
  [parts, fields, kinds, values, roles, channels, zones, outcomes, unsignedReasons, places, unitKinds, origins],
  (categories, field, kind, value, role, channel, zone, outcome, unsigned, place, unitKind, origin) => ({
    categories,
    field,
    kind,
    value,
    role,
    channel,
    zone,
    outcome,
    unsigned,
    place,
    unitKind,
    origin,
  }),
);

export type Said = ReturnType<typeof said.get>;
