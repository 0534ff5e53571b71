import { expect, test, vi } from 'vitest';
import { fileNameOf } from './printing.ts';

vi.mock('electron', () => ({}));

test('a title becomes a name that every system takes, in no other folder', () => {
	expect(['Tides, 7b', '../../etc/passwd', 'a:b*c?"<>|', '…', '. . .', '', 'x'.repeat(300), '潮汐\u202efdp.exe'].map(fileNameOf)).toEqual([
		...['Tides, 7b', 'etc passwd', 'a b c', '…', 'Homeroom', 'Homeroom', 'x'.repeat(100), '潮汐 fdp.exe'],
	]);
});
