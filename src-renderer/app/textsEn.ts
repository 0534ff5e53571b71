/** The English texts, by feature: one chunk, fetched only where English is spoken. */
export const texts = import.meta.glob<Record<string, unknown>>('../../resources/locales/en/*.json', { import: 'default', eager: true });
