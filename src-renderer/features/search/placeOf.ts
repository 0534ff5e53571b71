import type { Found } from '#contract/search.ts';

/** The address at which something that was found is opened: the very message, answer or cue. */
export function placeOf({ kind, id, placeId, partId = '' }: Found): string {
	switch (kind) {
		case 'conversation':
			return `/chat/${id}`;
		case 'message':
			return `/chat/${placeId}?message=${id}`;
		case 'assignment':
			return `/grading/${id}`;
		case 'student':
			return `/grading/${placeId}${partId && `?answer=${partId}`}`;
		case 'question':
			return `/grading/${placeId}?question=${id}`;
		case 'answer':
			return `/grading/${placeId}?question=${partId}&answer=${id}`;
		case 'project':
			return `/subtitles/${id}`;
		case 'cue':
			return `/subtitles/${placeId}?cue=${id}`;
		case 'term':
			return `/subtitles/glossaries/${placeId}`;
		case 'dataset':
			return `/finetune/datasets/${id}`;
	}
}
