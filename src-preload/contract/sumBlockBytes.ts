/**
 * The bytes of a file that one CRC-32 stands for: 256 KiB. A check names wrong places, and a repair fetches, in this unit.
 *
 * Without any checks of zod, so that a screen can use it too.
 */
export const sumBlockBytes = 262_144;
