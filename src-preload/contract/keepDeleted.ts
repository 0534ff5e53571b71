/** How many days what was deleted stays; the first start after them deletes it for good. */
export const keepDeletedDays = 30;
export const keepDeletedMs = keepDeletedDays * 24 * 60 * 60 * 1000;
