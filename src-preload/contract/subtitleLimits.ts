/** The most that is taken in: of a file in bytes and cues, of a cue in UTF-16 units, of a time in milliseconds (100 hours); and how many cues become one at a time. */
export const subtitleLimits = { fileBytes: 16 * 2 ** 20, cues: 20_000, cueCharacters: 20_000, timeMs: 360_000_000, mergedCues: 50 };
