import { expect, test } from 'vitest';
import { lastCueIn, withLastCue } from './lastCue.ts';

test('each project keeps the cue that was looked at last, of a hundred projects', () => {
	const kept = ['a1', 'b1', 'a2'].reduce<string | null>((text, cue) => withLastCue(text, cue.slice(0, 1), cue), null);
	expect([lastCueIn(kept, 'a'), lastCueIn(kept, 'b'), lastCueIn(kept, 'c')]).toEqual(['a2', 'b1', null]);
	const many = Array.from({ length: 99 }, (_, at) => String(at)).reduce((text, id) => withLastCue(text, id, 'x'), kept ?? '');
	expect([lastCueIn(many, 'a'), lastCueIn(many, 'b'), lastCueIn(many, '98')]).toEqual(['a2', null, 'x']);
});

test.each(['', '{', '{"a":"b"}', 'null', '[["a"],7,["a",1]]'])('what else is kept there is no matter: %s', (text) => {
	expect(lastCueIn(text, 'a')).toBeNull();
	expect(lastCueIn(withLastCue(text, 'a', 'a1'), 'a')).toBe('a1');
});
