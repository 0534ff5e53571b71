/** Above this the reader is warned: perplexity on general text with the adapter divided by that without (the mission's CF). */
export const forgettingLimit = 1.1;
