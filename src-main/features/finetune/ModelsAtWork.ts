/** The models that fine-tuning reads right now: what is at work on one holds it, so that its file is not taken away meanwhile. */
export class ModelsAtWork {
	readonly #holds = new Map<string, number>();

	/** Holds a model until what is returned is called; calling that twice does no harm. Several may hold one model. */
	hold(modelId: string): () => void {
		this.#holds.set(modelId, this.#count(modelId) + 1);
		let isHeld = true;
		return () => {
			if (!isHeld) return;
			isHeld = false;
			const left = this.#count(modelId) - 1;
			if (left > 0) this.#holds.set(modelId, left);
			else this.#holds.delete(modelId);
		};
	}

	has(modelId: string): boolean {
		return this.#holds.has(modelId);
	}

	#count(modelId: string): number {
		return this.#holds.get(modelId) ?? 0;
	}
}
