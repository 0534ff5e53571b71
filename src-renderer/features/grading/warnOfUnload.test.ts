import { expect, test, vi } from 'vitest';
import { reloadPage } from '../../rpc/reloadPage.ts';
import { clearForm, setFields } from './newAssignmentStore.ts';
import { warnOfUnload } from './warnOfUnload.ts';

vi.mock('../../rpc/client.ts', () => ({ client: {} }));

test('leaving the page is asked about while something is in the form, and not where the app itself reloads it', () => {
	const page = new EventTarget();
	vi.stubGlobal('window', page);
	vi.stubGlobal('location', { reload: () => undefined });
	warnOfUnload();
	const isAsked = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
	expect(isAsked()).toBe(false);
	setFields({ title: 'Light' });
	expect(isAsked()).toBe(true);
	clearForm();
	expect(isAsked()).toBe(false);
	setFields({ title: 'Light' });
	reloadPage();
	expect(isAsked()).toBe(false);
	vi.unstubAllGlobals();
});
