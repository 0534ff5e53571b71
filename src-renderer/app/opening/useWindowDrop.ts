import { useEffect, useState } from 'react';
import { droppedFiles } from '../../ui/droppedFiles.ts';

/**
 * Takes the files that are dropped anywhere on the window where the screen has no place of its own for them. Whether some are held over such a
 * spot now. Nothing that is dropped is ever opened by the browser itself, in place of the app.
 */
export function useWindowDrop(onFiles: (files: File[]) => void): boolean {
	const [isOver, setOver] = useState(false);
	useEffect(() => {
		const over = (event: DragEvent) => {
			if (!holdsFiles(event)) return;
			// A place of the screen's own has taken the event before it came here.
			setOver(!event.defaultPrevented);
			event.preventDefault();
		};
		const leave = (event: DragEvent) => {
			if (event.relatedTarget === null) setOver(false);
		};
		const drop = (event: DragEvent) => {
			setOver(false);
			if (!holdsFiles(event) || event.defaultPrevented) return;
			event.preventDefault();
			if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(onFiles);
		};
		// Some screens end a drop where it was taken.
		const end = () => setOver(false);
		window.addEventListener('dragover', over);
		window.addEventListener('dragleave', leave);
		window.addEventListener('drop', drop);
		window.addEventListener('drop', end, { capture: true });
		return () => {
			window.removeEventListener('dragover', over);
			window.removeEventListener('dragleave', leave);
			window.removeEventListener('drop', drop);
			window.removeEventListener('drop', end, { capture: true });
		};
	}, [onFiles]);
	return isOver;
}

/** Text and links that are dragged are none of its business. */
function holdsFiles(event: DragEvent): boolean {
	return event.dataTransfer?.types.includes('Files') ?? false;
}
