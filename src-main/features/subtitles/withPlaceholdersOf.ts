import type { LiftedText } from '../../platform/subtitles/liftTags.ts';

/** A translation with the placeholders of its source: a tag that the source does not have within has none. */
export function withPlaceholdersOf({ within }: LiftedText, target: LiftedText): string {
	const left = within.map((tag, at) => ({ tag, placeholder: `⟦${at + 1}⟧` }));
	return target.text.replace(/⟦(\d{1,3})⟧/g, (_, digits: string) => {
		const at = left.findIndex(({ tag }) => tag === target.within[Number(digits) - 1]);
		return left.splice(at, at === -1 ? 0 : 1)[0]?.placeholder ?? '';
	});
}
