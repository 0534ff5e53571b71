/** The letters beside the axes of drawings, in pixels. */
export const axisText = { fontSize: 12, fontFamily: 'inherit' } as const;
