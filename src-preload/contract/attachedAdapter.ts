import { z } from 'zod';

/** An adapter in use, and how strongly: 1 is as it was trained. */
export const attachedAdapter = z.strictObject({ id: z.string(), scale: z.number().min(-4).max(4).default(1) });
export type AttachedAdapter = z.infer<typeof attachedAdapter>;
