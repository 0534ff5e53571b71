/** For each initial, in the order of pinyin, the first of the characters that are read with it. Nothing begins with I, U or V. */
const first = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀'];
const letters = 'abcdefghjklmnopqrstwxyz';
const order = new Intl.Collator('zh-Hans-u-co-pinyin');
const han = /\p{Script=Han}/u;

/** The letters that a Chinese text is begun to be typed by, such as `dh` for 对话: the first of each syllable, and what is no Chinese as it is. */
export function pinyinInitials(text: string): string {
	return [...text].map((character) => (han.test(character) ? initialOf(character) : character)).join('');
}

function initialOf(character: string): string {
	return letters[first.findLastIndex((begin) => order.compare(begin, character) <= 0)] ?? '';
}
