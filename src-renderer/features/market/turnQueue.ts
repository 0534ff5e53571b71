/**
 * Makes a queue that does work by name, `atOnce` at a time, in the order it was wanted.
 *
 * The returned function takes a want; its undo lets work that has not begun go, for what scrolled out of sight. One name is wanted
 * once at a time. Work must not reject.
 */
export function createTurnQueue(atOnce: number): (name: string, work: () => Promise<void>) => () => void {
	const waiting = new Map<string, () => Promise<void>>();
	const running = new Set<string>();

	const fill = () => {
		for (const [name, work] of waiting) {
			if (running.size >= atOnce) return;
			waiting.delete(name);
			running.add(name);
			void work().finally(() => {
				running.delete(name);
				fill();
			});
		}
	};
	return (name, work) => {
		if (!running.has(name)) waiting.set(name, work);
		fill();
		return () => {
			if (waiting.get(name) === work) waiting.delete(name);
		};
	};
}
