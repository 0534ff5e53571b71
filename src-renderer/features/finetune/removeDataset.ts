import type { TFunction } from 'i18next';
import type { Dataset } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { notify, notifyError } from '../../ui/notify.ts';

/** Takes a dataset off the list, and offers to bring it back. True when it is gone; a failure is said at the foot of the page. */
export async function removeDataset({ id: datasetId, title }: Pick<Dataset, 'id' | 'title'>, t: TFunction<'finetune'>): Promise<boolean> {
	try {
		await client.finetune.removeDataset({ datasetId });
		notify(t('datasets.deleted', { title }), async () => {
			await client.finetune.restoreDataset({ datasetId }).catch(notifyError);
		});
		return true;
	} catch (error) {
		notifyError(error);
		return false;
	}
}
