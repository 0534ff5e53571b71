const plain = /^[\0-\x7f]*$/;
const keptFolds = 4096;
const folds = new Map<string, string>();

/**
 * A text as it is compared: without case, accents and the forms of characters that mean the same, such as those of full width.
 *
 * Each character is folded by itself, so that `foldedPlaces` can tell where in the text a place of the folded one is.
 */
export function foldText(text: string): string {
	if (plain.test(text)) return text.toLowerCase();
	let folded = '';
	for (const character of text) folded += foldCharacter(character);
	return folded;
}

/** For each UTF-16 unit of the folded text, and for its end, where in `text` the character begins that it came from. */
export function foldedPlaces(text: string): number[] {
	const places: number[] = [];
	let at = 0;
	for (const character of text) {
		for (let unit = foldCharacter(character).length; unit > 0; unit -= 1) places.push(at);
		at += character.length;
	}
	places.push(at);
	return places;
}

function foldCharacter(character: string): string {
	const known = folds.get(character);
	if (known !== undefined) return known;
	// The marks that stand on Latin, Greek and Cyrillic letters; those of other scripts are a part of what is written.
	const folded = character
		.normalize('NFKD')
		.replace(/[\u0300-\u036f]/g, '')
		.normalize('NFC')
		.toLowerCase();
	if (folds.size >= keptFolds) folds.clear();
	folds.set(character, folded);
	return folded;
}
