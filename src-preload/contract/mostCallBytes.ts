/** The largest file that comes with a call, in bytes. */
export const mostCallBytes = 67_108_864;
