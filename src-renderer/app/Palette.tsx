import { lazy, Suspense, useEffect } from 'react';
import { languages, loadAside } from './i18n.ts';
import { isMac } from './isMac.ts';
import { closePalette, openPalette, usePalette } from './paletteStore.ts';

const PaletteWithActs = lazy(async () => {
	// Acts are found by their words in every language, whichever is spoken.
	const [{ PaletteWithActs: component }] = await Promise.all([import('./PaletteWithActs.tsx'), ...languages.map(loadAside)]);
	return { default: component };
});

/** The command palette, which Ctrl+K opens and closes wherever the keyboard is; Command+K where there is such a key. */
export function Palette() {
	const isOpen = usePalette((state) => state.isOpen);
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (!isPaletteKey(event)) return;
			event.preventDefault();
			event.stopPropagation();
			if (usePalette.getState().isOpen) closePalette();
			else openPalette();
		};
		// Before the desks, which have keys of their own.
		window.addEventListener('keydown', onKeyDown, { capture: true });
		return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
	}, []);
	if (!isOpen) return null;
	return (
		<Suspense fallback={null}>
			<PaletteWithActs onClose={closePalette} />
		</Suspense>
	);
}

/** On a Mac Ctrl+K deletes to the end of the line, so that there it is Command's alone. */
function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey, isComposing }: KeyboardEvent): boolean {
	if (key.toLowerCase() !== 'k' || altKey || shiftKey || isComposing) return false;
	return isMac() ? metaKey && !ctrlKey : ctrlKey && !metaKey;
}
