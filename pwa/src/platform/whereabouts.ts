/** Where this device is: WGS 84 in millionths of a degree, and how far off that may be in metres. */
export interface Whereabouts {
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracy: number;
}

const MICRO = 1_000_000;
const TIMEOUT_MS = 20_000;
const RECENT_MS = 60_000;

/** Asks the device where it is; null where the person does not say so, or nobody knows. Never throws. */
export function whereabouts(geolocation: Geolocation | undefined = navigator.geolocation): Promise<Whereabouts | null> {
  return new Promise((resolve) => {
    if (!geolocation) return resolve(null);
    geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) =>
        resolve({
          latitude: Math.round(latitude * MICRO),
          longitude: Math.round(longitude * MICRO),
          accuracy: Math.round(accuracy),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: RECENT_MS },
    );
  });
}
