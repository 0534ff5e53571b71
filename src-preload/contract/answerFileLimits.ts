const mebibyte = 2 ** 20;

/** The most that is taken of a folder, and of it in one call: a piece, which has fewer bytes or is one file. Browsers carry 80 MiB in a call. */
export const answerFileLimits = { files: 2000, bytes: 200 * mebibyte, fileBytes: 20 * mebibyte, pieceFiles: 200, pieceBytes: 8 * mebibyte };
