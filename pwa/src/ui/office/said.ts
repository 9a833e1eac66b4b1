import { computed } from 'nanostores';
import { fields, kinds, values } from '../text/fields.ts';
import { parts } from '../text/parts.ts';
import {
  absenceReasons,
  breachReasons,
  channels,
  dayKinds,
  origins,
  outcomes,
  places,
  roles,
  unitKinds,
  unsignedReasons,
  zones,
} from '../text/vocabulary.ts';

/** The words that values and fields are told with, in the language now spoken. */
export const said = computed(
  [
    parts,
    fields,
    kinds,
    values,
    roles,
    channels,
    zones,
    outcomes,
    unsignedReasons,
    places,
    unitKinds,
    origins,
    breachReasons,
    dayKinds,
    absenceReasons,
  ],
  (
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
    breach,
    dayKind,
    absence,
  ) => ({
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
    breach,
    dayKind,
    absence,
  }),
);

export type Said = ReturnType<typeof said.get>;
