import type { Model } from '#contract/library.ts';
import { architectures } from './trainer/readBaseShape.ts';

/** Why a model cannot be fine-tuned, in a sentence, as far as the library knows it; null where it can. The trainer looks closer. */
export function whyUntrainable({ architecture, kind }: Pick<Model, 'architecture' | 'kind'>): string | null {
	if (kind !== 'model') return `It is no model but of the kind “${kind}”.`;
	if (architectures.some((each) => each === architecture)) return null;
	return `Models of the architecture “${architecture}” cannot be trained yet. These can: ${architectures.join(', ')}.`;
}
