import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { copyText } from '../../ui/copyText.ts';
import { notify, notifyError } from '../../ui/notify.ts';

/** What is done with models at a click, without asking; what fails is told in passing. */
export function useModelActs() {
	const { t } = useTranslation('library');
	return {
		/** Starts reading every byte of them; the work shows on this screen. */
		verify: (models: readonly Model[]) => {
			client.library.verify({ modelIds: models.map(({ id }) => id) }).catch(notifyError);
		},
		/** Starts fetching anew what a check found wrong; the work shows on this screen. */
		repair: (model: Model) => {
			client.market.repair({ modelId: model.id }).catch(notifyError);
		},
		/** Takes a changed file for what it is now. */
		refresh: (model: Model) => {
			client.library.refresh({ modelId: model.id }).then(() => notify(t('refresh.done', { name: model.name })), notifyError);
		},
		copyPath: (model: Model) => {
			copyText(model.path).then(() => notify(t('menu.copied')), notifyError);
		},
	};
}
