export const timelineHeightPx = 84;
export const scaleHeightPx = 18;
