/** The Chinese texts, by feature: one chunk, fetched only where Chinese is spoken. */
export const texts = import.meta.glob<Record<string, unknown>>('../../resources/locales/zh/*.json', { import: 'default', eager: true });
