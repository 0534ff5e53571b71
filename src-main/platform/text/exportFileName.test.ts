import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportFileName, plainFileName } from './exportFileName.ts';

test.for([
	['Light and sugar', 'Light and sugar.md'],
	['../../etc/passwd', 'etc passwd.md'],
	['a<b>:"c|d?*\\e\u0000f', 'a b c d e f.md'],
	['CON', '_CON.md'],
	['nul.txt', '_nul.txt.md'],
	['...', 'Homeroom.md'],
	['invoice\u202Egnp', 'invoice gnp.md'],
	['光合作用', '光合作用.md'],
])('names %j', ([title, name]) => {
	expect(exportFileName(title ?? '', 'md')).toBe(name);
});

test.for([
	['Sign.ttf', 'Sign.ttf'],
	['../Other.otf', 'Other.otf'],
	['C:\\\\fonts\\\\a:b.TTF', 'C fonts a b.TTF'],
	['.hidden', 'Homeroom.hidden'],
	['noending', 'noending'],
	['con.ttf', '_con.ttf'],
	['a.b/../../x', 'a.b .. .. x'],
])('a stranger’s %j', ([given, name]) => {
	expect(plainFileName(given ?? '')).toBe(name);
});

test('I5 any title becomes a name that every system takes', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
			const name = exportFileName(title, 'json');
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
			expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cf}]|^[ .]|[ .]\.json$|^(con|prn|aux|nul|com\d|lpt\d)\./iu);
			expect(name.isWellFormed()).toBe(true);
		}),
	);
});
