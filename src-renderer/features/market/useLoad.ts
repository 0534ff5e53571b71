import { useNavigate } from 'react-router';
import { loadModel } from './marketStore.ts';

/** Answers with a function that loads a model; one that needs a decision about its memory first is shown on its own screen, where that is made. */
export function useLoad(): (modelId: string) => void {
	const navigate = useNavigate();
	return (modelId) => {
		void loadModel(modelId).then((answer) => answer === 'tooBig' && navigate(`/models?load=${encodeURIComponent(modelId)}`));
	};
}
