/** The Chinese handbook and its pictures: one chunk, fetched only where it is read. */
export const texts = import.meta.glob<string>('../../../resources/handbook/zh/*.md', { query: '?raw', import: 'default', eager: true });
export const pictures = import.meta.glob<string>('../../../resources/handbook/zh/pictures/*.webp', { import: 'default', eager: true });
