import type { DeletedThing } from '#contract/deleted.ts';

/** The address at which a thing is found once it is back. */
export function placeOfDeleted({ kind, id, placeId }: Pick<DeletedThing, 'kind' | 'id' | 'placeId'>): string {
	switch (kind) {
		case 'conversation':
			return `/chat/${id}`;
		case 'message':
			return `/chat/${placeId}?message=${id}`;
		case 'assignment':
			return `/grading/${id}`;
		case 'comment':
			// It is at every desk.
			return '/grading';
		case 'project':
			return `/subtitles/${id}`;
		case 'glossary':
			return `/subtitles/glossaries/${id}`;
		case 'term':
			return `/subtitles/glossaries/${placeId}`;
		case 'preset':
			// It is in the menu there.
			return '/convert';
		case 'dataset':
			return `/finetune/datasets/${id}`;
		case 'run':
			return `/finetune/${id}`;
		case 'adapter':
			return '/finetune/adapters';
	}
}
