import { expect, test } from 'vitest';
import { parsePage } from './parsePage.ts';

test('a page is its title and its sections, and a comment in code is no heading', () => {
	const page = parsePage('# The desk\r\n\nFirst words.\n\n## <a id="keys"></a>Keys\n\n```sh\n# a comment\n## another\n```\n\n## More\nLast words.\n');
	expect(page).toEqual({
		title: 'The desk',
		sections: [
			{ id: '', title: '', text: 'First words.' },
			{ id: 'keys', title: 'Keys', text: '```sh\n# a comment\n## another\n```' },
			{ id: '', title: 'More', text: 'Last words.' },
		],
	});
});
