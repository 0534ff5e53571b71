const mebibyte = 2 ** 20;

/** The most that is taken of a folder at once. All of it comes in one call, of which browsers carry 80 MiB. */
export const answerFileLimits = { files: 1000, bytes: 64 * mebibyte, fileBytes: 20 * mebibyte };
