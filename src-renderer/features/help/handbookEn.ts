/** The English handbook and its pictures: one chunk, fetched only where it is read. */
export const texts = import.meta.glob<string>('../../../resources/handbook/en/*.md', { query: '?raw', import: 'default', eager: true });
export const pictures = import.meta.glob<string>('../../../resources/handbook/en/pictures/*.webp', { import: 'default', eager: true });
